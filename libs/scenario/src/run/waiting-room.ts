import type { LeadState } from '@lead-rotator/claim';
import type { LeadRotatorEvent } from '@lead-rotator/lead-events';
import { nextChange } from '@lead-rotator/rotation';
import type { World } from './world.ts';

/**
 * The leads that wait for somebody, in the order in which they began to, and when it is worth to look again: after an
 * event by which somebody may have become eligible, or at the next instant at which the clock may make it so.
 */
export class WaitingRoom {
  private readonly world: World;
  private readonly waiting = new Set<LeadState>();
  private lookNow = false;
  /** The next instant at which the clock may make somebody eligible. */
  nextLook = Infinity;

  constructor(world: World) {
    this.world = world;
  }

  /** To be told every event that was appended. */
  note(event: LeadRotatorEvent): void {
    if (mayFreeSomebody(event)) this.lookNow = true;
    if (event.type === 'MemberPaused' || !('leadId' in event.data) || event.data.leadId === undefined) return;
    const lead = this.world.leads.get(event.data.leadId);
    if (lead === undefined) return;
    const waits = rotationOf(lead) !== undefined;
    if (!waits) this.waiting.delete(lead);
    else if (!this.waiting.has(lead)) {
      this.waiting.add(lead);
      this.lookAgain(Date.parse(event.data.at));
    }
  }

  /** Leads to try at an instant, in order; none if nothing has changed since the last look. */
  toTry(at: number): LeadState[] {
    if (this.waiting.size === 0) {
      this.lookNow = false;
      this.nextLook = Infinity;
      return [];
    }
    if (!this.lookNow && at < this.nextLook) return [];
    this.lookNow = false;
    return [...this.waiting];
  }

  /** After a look: when the clock may change something next. */
  lookAgain(at: number): void {
    const { distribution } = this.world;
    this.nextLook = Infinity;
    for (const rotationId of new Set([...this.waiting].map(rotationOf))) {
      const rotation = rotationId === undefined ? undefined : distribution.rotations.get(rotationId);
      if (rotation?.on) this.nextLook = Math.min(this.nextLook, nextChange(distribution, rotation, at));
    }
  }
}

/** The rotation from which a lead waits for somebody. */
export const rotationOf = (lead: LeadState) =>
  lead.pendingIn ?? (lead.waits === 'for-somebody' ? lead.waitingIn : undefined);

function mayFreeSomebody(event: LeadRotatorEvent): boolean {
  if (event.type.startsWith('Lead')) {
    return 'previousOwnerId' in event.data || event.type === 'LeadWon' || event.type === 'LeadLost';
  }
  return event.type !== 'ClaimMissed' && event.type !== 'ClaimDeadlineNeared' && event.type !== 'ReassignmentPending';
}
