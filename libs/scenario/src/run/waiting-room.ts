import type { LeadState } from '@lead-rotator/claim';
import type { LeadRotatorEvent, RotationId } from '@lead-rotator/lead-events';
import { isSomebodyFree, nextChange } from '@lead-rotator/rotation';
import type { World } from './world.ts';

/**
 * The leads that wait for somebody, in the order in which they began to, and when it is worth to look again: after an
 * event by which somebody may have become eligible, or at the next instant at which the clock may make it so. Leads of
 * a rotation in which nobody is free are not tried one by one: there may be thousands.
 */
export class WaitingRoom {
  readonly #world: World;
  /** By rotation, with a number that says when each began to wait. */
  readonly #waiting = new Map<RotationId, Map<LeadState, number>>();
  readonly #rotations = new Map<LeadState, RotationId>();
  #arrivals = 0;
  /** Somebody may have become eligible. */
  lookNow = false;
  /** The next instant at which the clock may make somebody eligible. */
  nextLook = Infinity;

  constructor(world: World) {
    this.#world = world;
  }

  /** To be told every event that was appended. */
  note(event: LeadRotatorEvent): void {
    if (this.#mayFreeSomebody(event)) this.lookNow = true;
    if (event.type === 'MemberPaused' || !('leadId' in event.data) || event.data.leadId === undefined) return;
    const lead = this.#world.leads.get(event.data.leadId);
    if (lead === undefined) return;
    if (event.type === 'LeadTakenAway') this.#beginAnew(lead);
    this.place(lead, Date.parse(event.data.at));
  }

  /** Where a lead waits, or waits no more, at an instant. */
  place(lead: LeadState, at: number): void {
    const before = this.#rotations.get(lead);
    const rotationId = rotationOf(lead);
    if (before === rotationId) return;
    if (before !== undefined) this.#leave(lead, before);
    if (rotationId !== undefined) this.#enter(lead, rotationId, at);
  }

  /** Taken from an owner who kept it meanwhile, it goes behind those that wait already. */
  #beginAnew(lead: LeadState): void {
    const before = this.#rotations.get(lead);
    if (before !== undefined) this.#leave(lead, before);
  }

  /** How many rotations have leads that wait. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Leads to try at an instant, in order; none if nothing has changed since the last look, or nobody is free. */
  toTry(at: number): LeadState[] {
    if (!this.lookNow && at < this.nextLook) return [];
    this.lookNow = false;
    this.lookAgain(at);
    const tries: [number, LeadState][] = [];
    for (const [rotationId, leads] of this.#waiting) {
      if (!this.isFree(rotationId, at)) continue;
      for (const [lead, number] of leads) tries.push([number, lead]);
    }
    return tries.sort(([one], [other]) => one - other).map(([, lead]) => lead);
  }

  /** Whether somebody is there for leads of a rotation. */
  isFree(rotationId: RotationId, at: number): boolean {
    const { distribution } = this.#world;
    const rotation = distribution.rotations.get(rotationId);
    return rotation?.on === true && isSomebodyFree(distribution, rotation, at);
  }

  /** When the clock may change something next. */
  lookAgain(at: number): void {
    const { distribution } = this.#world;
    this.nextLook = Infinity;
    for (const rotationId of this.#waiting.keys()) {
      const rotation = distribution.rotations.get(rotationId);
      if (rotation?.on) this.nextLook = Math.min(this.nextLook, nextChange(distribution, rotation, at));
    }
  }

  #enter(lead: LeadState, rotationId: RotationId, at: number): void {
    const leads = this.#waiting.get(rotationId) ?? new Map<LeadState, number>();
    this.#waiting.set(rotationId, leads);
    this.#arrivals += 1;
    leads.set(lead, this.#arrivals);
    this.#rotations.set(lead, rotationId);
    const { distribution } = this.#world;
    const rotation = distribution.rotations.get(rotationId);
    if (rotation?.on) this.nextLook = Math.min(this.nextLook, nextChange(distribution, rotation, at));
  }

  #leave(lead: LeadState, rotationId: RotationId): void {
    const leads = this.#waiting.get(rotationId);
    leads?.delete(lead);
    if (leads?.size === 0) this.#waiting.delete(rotationId);
    this.#rotations.delete(lead);
  }

  #mayFreeSomebody(event: LeadRotatorEvent): boolean {
    if (event.type === 'LeadStatusChanged') return true;
    if (event.type.startsWith('Lead')) {
      const { data } = event;
      const isClosed = event.type === 'LeadWon' || event.type === 'LeadLost';
      const freed = isClosed ? event.data.ownerId : 'previousOwnerId' in data ? data.previousOwnerId : undefined;
      return freed !== undefined && (this.#world.distribution.users.get(freed)?.maxOpen ?? 0) > 0;
    }
    return event.type !== 'ClaimMissed' && event.type !== 'ClaimDeadlineNeared' && event.type !== 'ReassignmentPending';
  }
}

/** The rotation from which a lead waits for somebody. */
export const rotationOf = (lead: LeadState) =>
  lead.pendingIn ?? (lead.waits === 'for-somebody' ? lead.waitingIn : undefined);
