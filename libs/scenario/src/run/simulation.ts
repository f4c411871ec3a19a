import { expireOffer, missDeadline, releaseLead, warningAt, warnOfDeadline } from '@lead-rotator/claim';
import { isRejected, type Rejection } from '@lead-rotator/event-sourcing';
import type { LeadId, LeadRotatorEvent } from '@lead-rotator/lead-events';
import type { RefusalCode } from '@lead-rotator/rotation';
import { Agenda } from './agenda.ts';
import { rotationOf, WaitingRoom } from './waiting-room.ts';
import { World } from './world.ts';

/** The services on a virtual clock: deadlines fire, and waiting leads go out, as time passes. */
export class Simulation {
  readonly world = new World();
  now: number;
  private readonly agenda = new Agenda();
  private readonly waitingRoom = new WaitingRoom(this.world);
  private assignments = 0;

  constructor(start: number) {
    this.now = start;
  }

  /** Appends what was decided; the code of a refusal is given back. */
  commit(decided: readonly LeadRotatorEvent[] | Rejection<RefusalCode>): RefusalCode | undefined {
    if (isRejected(decided)) return decided.code;
    for (const event of decided) this.append(event);
    return undefined;
  }

  /** Lets time pass: at one instant, deadlines fire before waiting leads go out. */
  advanceTo(time: number): void {
    for (;;) {
      const next = Math.min(this.agenda.first?.at ?? Infinity, this.waitingRoom.nextLook);
      if (next > time) break;
      this.now = Math.max(this.now, next);
      while ((this.agenda.first?.at ?? Infinity) <= this.now) this.fire();
      this.releaseWaiting();
    }
    this.now = time;
  }

  /** Gives out waiting leads, in the order in which they began to wait, for whom there is somebody now. */
  releaseWaiting(): void {
    for (let tries = this.waitingRoom.toTry(this.now); tries.length > 0; tries = this.waitingRoom.toTry(this.now)) {
      for (const lead of tries) {
        if (rotationOf(lead) !== undefined) this.commit(releaseLead(this.world.sceneOf(lead), this.now));
      }
      this.waitingRoom.lookAgain(this.now);
    }
  }

  private append(event: LeadRotatorEvent): void {
    this.world.append(event);
    this.waitingRoom.note(event);
    if (event.type === 'LeadAssigned' || event.type === 'LeadReassigned') this.planDeadline(event.data.leadId);
    if (event.type === 'LeadOffered') {
      this.plan(event.data.leadId, Date.parse(event.data.until));
    }
  }

  private planDeadline(leadId: LeadId): void {
    const lead = this.world.leads.get(leadId);
    if (lead?.due === undefined) return;
    const warning = warningAt({ distribution: this.world.distribution, lead });
    if (warning !== undefined) this.plan(leadId, warning);
    this.plan(leadId, lead.due);
  }

  private plan(leadId: LeadId, at: number): void {
    this.assignments += 1;
    this.agenda.add({ at, rank: this.assignments, leadId });
  }

  /** What falls due first; an entry that the lead has outlived comes to nothing. */
  private fire(): void {
    const entry = this.agenda.takeFirst();
    const lead = entry === undefined ? undefined : this.world.lead(entry.leadId);
    if (lead === undefined) return;
    const scene = this.world.sceneOf(lead);
    this.commit(warnOfDeadline(scene, this.now));
    this.commit(missDeadline(scene, this.now));
    this.commit(expireOffer(scene, this.now));
  }
}
