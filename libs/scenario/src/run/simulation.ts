import {
  expireOffer,
  missDeadline,
  type Result,
  releaseLead,
  type Scene,
  warningAt,
  warnOfDeadline,
} from '@lead-rotator/claim';
import { isRejected, Rejection } from '@lead-rotator/event-sourcing';
import type { LeadId, LeadRotatorEvent, RotationId } from '@lead-rotator/lead-events';
import { Agenda } from './agenda.ts';
import { captureLead } from './capture-lead.ts';
import type { Commands, SimulatedCommand } from './commands.ts';
import { rotationOf, WaitingRoom } from './waiting-room.ts';
import { World } from './world.ts';

/** The services on a virtual clock: deadlines fire, and waiting leads go out, as time passes. */
export class Simulation {
  readonly world = new World();
  now: number;
  readonly #agenda = new Agenda();
  readonly #waitingRoom = new WaitingRoom(this.world);
  #assignments = 0;

  constructor(start: number) {
    this.now = start;
  }

  /** Runs commands in memory: each is decided on what those before it came to. */
  run<Outcome>(commands: Commands<Outcome>): Outcome {
    let next = commands.next();
    while (!next.done) next = commands.next(this.#decide(next.value));
    return next.value;
  }

  advanceTo(time: number): void {
    this.run(this.passing(time));
  }

  releaseWaiting(): void {
    this.run(this.releasing());
  }

  /** Time passes: at one instant, deadlines fire before waiting leads go out. */
  *passing(time: number): Commands<void> {
    for (;;) {
      const next = Math.min(this.#agenda.first?.at ?? Infinity, this.#waitingRoom.nextLook);
      if (next > time) break;
      this.now = Math.max(this.now, next);
      while ((this.#agenda.first?.at ?? Infinity) <= this.now) yield* this.#firing();
      yield* this.releasing();
    }
    this.now = time;
  }

  /** Waiting leads go out, in the order in which they began to wait, for whom there is somebody now. */
  *releasing(): Commands<void> {
    for (let tries = this.#waitingRoom.toTry(this.now); tries.length > 0; tries = this.#waitingRoom.toTry(this.now)) {
      const full = new Set<RotationId>();
      for (const lead of tries) {
        const rotationId = rotationOf(lead);
        if (rotationId === undefined || full.has(rotationId)) continue;
        if (!this.#waitingRoom.isFree(rotationId, this.now)) {
          full.add(rotationId);
          if (full.size === this.#waitingRoom.size) break;
          continue;
        }
        yield { leadId: lead.facts.leadId, decide: releaseLead };
        /* By this somebody may have become free for one that has waited longer. */
        if (this.#waitingRoom.lookNow) break;
      }
      this.#waitingRoom.lookAgain(this.now);
    }
  }

  /** To be told what was decided: what falls due by it, and who waits. */
  append(event: LeadRotatorEvent): void {
    this.world.append(event);
    this.#waitingRoom.note(event);
    if (event.type === 'LeadAssigned' || event.type === 'LeadReassigned') this.#planDeadline(event.data.leadId);
    if (event.type === 'LeadOffered') this.#plan(event.data.leadId, Date.parse(event.data.until));
  }

  /** Goes on from what the world has taken in: plans what is due, and finds who waits, in the order in which they moved. */
  resume(): void {
    const leads = [...this.world.leads.values()].sort(
      (one, other) => this.world.movedAt(one) - this.world.movedAt(other),
    );
    for (const lead of leads) {
      this.#waitingRoom.place(lead, this.now);
      this.#planDeadline(lead.facts.leadId);
      if (lead.offer !== undefined) this.#plan(lead.facts.leadId, lead.offer.until);
    }
    this.#waitingRoom.lookNow = true;
  }

  #decide(command: SimulatedCommand): Result {
    const result = this.#resultOf(command);
    if (!isRejected(result)) for (const event of result) this.append(event);
    return result;
  }

  #resultOf(command: SimulatedCommand): Result {
    const { world, now } = this;
    if ('capture' in command) return [captureLead(command.capture, world.distribution.organization.country, now)];
    if (command.leadId === undefined) return command.decide(world.distribution, now);
    const lead = world.lead(command.leadId);
    if (lead === undefined) return new Rejection('unknown-lead', { leadId: command.leadId });
    return command.decide(world.sceneOf(lead), now);
  }

  #planDeadline(leadId: LeadId): void {
    const lead = this.world.leads.get(leadId);
    if (lead?.due === undefined) return;
    const warning = warningAt({ distribution: this.world.distribution, lead });
    if (warning !== undefined) this.#plan(leadId, warning);
    this.#plan(leadId, lead.due);
  }

  #plan(leadId: LeadId, at: number): void {
    this.#assignments += 1;
    this.#agenda.add({ at, rank: this.#assignments, leadId, move: this.#moveOf(leadId) });
  }

  /** What falls due first; an entry of an assignment or offer that the lead has outlived comes to nothing. */
  *#firing(): Commands<void> {
    const entry = this.#agenda.takeFirst();
    const leadId = entry?.leadId as LeadId | undefined;
    if (leadId !== undefined && entry?.move === this.#moveOf(leadId)) yield { leadId, decide: expire };
  }

  #moveOf(leadId: LeadId): number {
    const lead = this.world.leads.get(leadId);
    return lead === undefined ? 0 : this.world.movedAt(lead);
  }
}

/** One of the three at most has something to say at an instant. */
function expire(scene: Scene, at: number): Result {
  for (const follow of [warnOfDeadline, missDeadline, expireOffer]) {
    const events = follow(scene, at);
    if (events.length > 0) return events;
  }
  return [];
}
