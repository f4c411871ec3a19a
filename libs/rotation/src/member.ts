import type { Caps, MemberSettings, UserId } from '@lead-rotator/lead-events';
import { Counts } from './counts.ts';
import type { Person } from './person.ts';

/** A user who takes part in a rotation. Changed in place only by the rotation that keeps them (`Rotation.edit`). */
export class Member {
  readonly userId: UserId;
  /** The user, as they are at present. */
  person: Person;
  private own: MemberSettings = {};
  /** In hundredths. */
  weight = 100;
  /** Place in the list, from 0; kept right by the rotation. */
  place = 0;
  paused = false;
  /** Their own and the rotation's caps, if there is any; set by the rotation. */
  caps: Caps | undefined = undefined;
  /** Turns in this rotation; the total is the number of leads sent to them. */
  counts = new Counts();
  /** Number of their last turn in this rotation; 0: never served. */
  lastTurn = 0;
  /** Misses in a row. */
  misses = 0;
  /** fewest-assigned: what is added to the turns of the period `raisedIn` (see `strategies/fewest-assigned.ts`). */
  raised = 0;
  raisedIn = Number.NaN;
  credit = 0;
  /** predictive: what is known of them, by segment. Replaced when something changes. */
  outcomes: ReadonlyMap<string, { readonly won: number; readonly lost: number }> = noOutcomes;
  #keeper: object | undefined;

  constructor(person: Person, settings: MemberSettings) {
    this.userId = person.user.id;
    this.person = person;
    this.settings = settings;
    this.paused = settings.paused === true;
  }

  get settings(): MemberSettings {
    return this.own;
  }

  set settings(settings: MemberSettings) {
    this.own = settings;
    this.weight = Math.round((settings.weight ?? 1) * 100);
  }

  /** Leads in a cycle of the strategy priority-tier. */
  get full(): number {
    return this.own.leadsPerCycle ?? 1;
  }

  /** This member, or a copy if another rotation, of which `keeper` is a fork, keeps this one. */
  keptBy(keeper: object): Member {
    if (this.#keeper === keeper) return this;
    const own = this.#keeper === undefined ? this : this.copy();
    own.#keeper = keeper;
    return own;
  }

  private copy(): Member {
    const copied = new Member(this.person, this.settings);
    copied.place = this.place;
    copied.paused = this.paused;
    copied.caps = this.caps;
    copied.counts = this.counts.copy();
    copied.lastTurn = this.lastTurn;
    copied.misses = this.misses;
    copied.raised = this.raised;
    copied.raisedIn = this.raisedIn;
    copied.credit = this.credit;
    copied.outcomes = this.outcomes;
    return copied;
  }
}

const noOutcomes = new Map<string, { won: number; lost: number }>();
