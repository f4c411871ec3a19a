import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { EventOfType, UserId } from '@lead-rotator/lead-events';

/** How far a lead is: to be decided, offered to several, owned, or decided to have no owner for now. */
export type LeadStage = 'undecided' | 'offered' | 'owned' | 'unowned';

/**
 * What the log says of a lead that is not closed: about 250 bytes with its place in the map. Lists are only there for
 * a lead that has gone through several hands.
 */
export class LeadRecord {
  stage: LeadStage = 'undecided';
  ownerId: UserId | undefined = undefined;
  /** Since when it is in this stage, and with this owner. */
  since: EpochMilliseconds;
  /** Time of its newest event. */
  latest: EpochMilliseconds;
  /** Until when the owner must claim it, or the offer stands; 0: no deadline is running. */
  due: EpochMilliseconds = 0;
  claimed = false;
  /** The present owner missed their deadline. */
  missed = false;
  /** The present owner declined it. */
  declinedNow = false;
  /** It lies in a queue. */
  waits = false;
  /** Whoever has had it and counts as such, the present owner excepted. */
  earlier: UserId[] | undefined = undefined;
  /** Whoever declined it. */
  declined: UserId[] | undefined = undefined;
  /** What conditions ask for; kept only while some member has a filter. */
  facts: EventOfType<'LeadCaptured'>['data'] | undefined = undefined;

  constructor(at: EpochMilliseconds) {
    this.since = at;
    this.latest = at;
  }

  /** It has this owner from now on. */
  give(ownerId: UserId, at: EpochMilliseconds, due: EpochMilliseconds): void {
    this.#rememberOwner();
    this.stage = 'owned';
    this.ownerId = ownerId;
    this.#begin(at, due);
    this.waits = false;
  }

  /** It has no owner from now on. */
  release(stage: 'offered' | 'unowned' | 'undecided', at: EpochMilliseconds, due: EpochMilliseconds): void {
    this.#rememberOwner();
    this.stage = stage;
    this.ownerId = undefined;
    this.#begin(at, due);
  }

  hasHad(userId: UserId): boolean {
    return this.ownerId === userId || this.earlier?.includes(userId) === true;
  }

  #begin(at: EpochMilliseconds, due: EpochMilliseconds): void {
    this.since = at;
    this.due = due;
    this.claimed = false;
    this.missed = false;
    this.declinedNow = false;
  }

  #rememberOwner(): void {
    if (this.ownerId === undefined || this.earlier?.includes(this.ownerId) === true) return;
    if (this.earlier === undefined) this.earlier = [this.ownerId];
    else this.earlier.push(this.ownerId);
  }
}
