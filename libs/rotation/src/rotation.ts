import type {
  ClaimPolicy,
  MemberSettings,
  RotationId,
  RotationSettings,
  Strategy,
  UserId,
} from '@lead-rotator/lead-events';
import { Line } from './line.ts';
import { Member } from './member.ts';
import type { Person } from './person.ts';
import { Shares } from './shares.ts';
import { Tally } from './tally.ts';

interface PolicyChange {
  readonly turns: number;
  readonly claim: ClaimPolicy | undefined;
}

/** What is remembered of a rotation's members (`standings.ts`). */
export interface Remembered {
  /** Something about the member at this place has changed. */
  touch(place: number): void;
  /** For a copy of the rotation. */
  copy(rotation: Rotation): Remembered;
}

/** An ordered list of members, and the line in which they stand for the round robin. */
export class Rotation {
  readonly id: RotationId;
  name: string;
  on: boolean;
  /** Replaced when something changes. */
  private current: RotationSettings;
  /** Members in list order; to be changed by `edit` only. */
  list: Member[] = [];
  /** The order in which the round robin comes to them. */
  line = new Line();
  /** What strategies keep of them. */
  tally = new Tally();
  /** Extra turns that are owed (makeUp: all), the oldest first. */
  extras: UserId[] = [];
  /** Who had the last turn; if they have left, the one before them in the list. */
  lastServed: UserId | undefined;
  /** Turns so far. */
  turns = 0;
  /** Random numbers drawn so far. */
  draws = 0;
  /** Claim policies and how many turns there were before each. Replaced when something changes. */
  private claims: readonly PolicyChange[];
  /** Who has left, with what they have been sent. Replaced when something changes. */
  private former: ReadonlyMap<UserId, Member> = new Map();
  /** Places in the list; a copy of the rotation has them together with the original until it changes its list. */
  private places = new Map<UserId, number>();
  private placesAreShared = false;
  /* Remembered, not known: they follow from the rest, and a state without them is the same state. */
  #remembered: Remembered | undefined;
  #shares: Shares | undefined;

  constructor(id: RotationId, name: string, on: boolean, settings: RotationSettings) {
    this.id = id;
    this.name = name;
    this.on = on;
    this.current = settings;
    this.claims = [{ turns: 0, claim: settings.claim }];
  }

  /** Members are shared with the copy until one of the two changes them. */
  copy(): Rotation {
    const copied = new Rotation(this.id, this.name, this.on, this.settings);
    copied.list = this.list.slice();
    copied.line = this.line.copy();
    copied.tally = this.tally.copy();
    copied.extras = this.extras.slice();
    copied.lastServed = this.lastServed;
    copied.turns = this.turns;
    copied.draws = this.draws;
    copied.claims = this.claims;
    copied.former = this.former;
    copied.places = this.places;
    copied.placesAreShared = true;
    copied.#remembered = this.#remembered?.copy(copied);
    copied.#shares = this.#shares;
    return copied;
  }

  get settings(): RotationSettings {
    return this.current;
  }

  set settings(settings: RotationSettings) {
    if (settings.claim !== this.current.claim) {
      this.claims = [...this.claims, { turns: this.turns, claim: settings.claim }];
    }
    const capsChange = settings.caps !== this.current.caps;
    this.current = settings;
    this.#remembered = undefined;
    if (!capsChange) return;
    for (const { userId } of this.list) {
      const member = this.edit(userId);
      if (member !== undefined) this.setCaps(member);
    }
  }

  get strategy(): Strategy {
    return this.current.strategy ?? roundRobin;
  }

  get claim(): ClaimPolicy | undefined {
    return this.current.claim;
  }

  /** The claim policy in force at a turn: a later change touches later turns only. */
  claimOfTurn(number: number): ClaimPolicy | undefined {
    for (let index = this.claims.length - 1; index >= 0; index -= 1) {
      const { turns, claim } = this.claims[index] as PolicyChange;
      if (turns < number) return claim;
    }
    return undefined;
  }

  member(userId: UserId): Member | undefined {
    const place = this.places.get(userId);
    return place === undefined ? undefined : this.list[place];
  }

  /** A member to be changed: what was remembered of them is looked at again. */
  edit(userId: UserId): Member | undefined {
    const place = this.places.get(userId);
    if (place === undefined) return undefined;
    this.#remembered?.touch(place);
    return this.keep(place);
  }

  /** Somebody who has left, to be changed: what they were sent, and what came of it, stays on record. */
  editFormer(userId: UserId): Member | undefined {
    const member = this.former.get(userId)?.keptBy(this);
    if (member !== undefined) this.former = new Map(this.former).set(userId, member);
    return member;
  }

  /** The members in the order in which the round robin comes to them. */
  inLine(): Member[] {
    return this.line.inOrder.map((place) => this.list[place] as Member);
  }

  placeOf(userId: UserId): number | undefined {
    return this.places.get(userId);
  }

  /** Forgotten when members come, go or move, or when settings change. */
  get remembered(): Remembered | undefined {
    return this.#remembered;
  }

  remember(remembered: Remembered): void {
    this.#remembered = remembered;
  }

  /** What part of the turns each member is due by their weight if all are eligible; the parts add up to 1. */
  get dueParts(): ReadonlyMap<UserId, number> {
    const { weights, sum } = this.shares;
    return new Map(this.list.map(({ userId, place }) => [userId, (weights[place] as number) / sum]));
  }

  /** The shares of the members, by their weights. */
  get shares(): Shares {
    this.#shares ??= new Shares(this.list.map(({ weight }) => weight));
    return this.#shares;
  }

  /** The members in list order, and then those who have left. */
  everMembers(): UserId[] {
    return [...this.list.map(({ userId }) => userId), ...this.former.keys()];
  }

  /** How many leads this rotation has sent to a user, also to one who has left it. */
  sentTo(userId: UserId): number {
    return (this.member(userId) ?? this.former.get(userId))?.counts.total ?? 0;
  }

  /** In the line, directly behind the one before them in the list; if that one was served last, at the front. */
  add(person: Person, settings: MemberSettings, place: number): void {
    const member = new Member(person, settings);
    const { userId } = member;
    const former = this.former.get(userId);
    if (former !== undefined) {
      member.counts = former.counts.copy();
      member.lastTurn = former.lastTurn;
      member.outcomes = former.outcomes;
      this.former = new Map([...this.former].filter(([id]) => id !== userId));
    }
    const before = this.list[place === 0 ? this.list.length - 1 : place - 1];
    const isBehindLast = before === undefined || before.userId === this.lastServed;
    this.line.add(place, isBehindLast ? undefined : before.place);
    this.list.splice(place, 0, member.keptBy(this));
    this.tally.add(place, member.full);
    this.setCaps(member);
    this.countPlaces(place);
  }

  /** The turn goes on with the successor: if the last served leaves, the one before them counts as last served. */
  remove({ userId, place }: Member): void {
    const before = this.list.at(place - 1);
    const [member] = this.list.splice(place, 1) as [Member];
    this.line.remove(place);
    this.tally.remove(place);
    this.extras = this.extras.filter((one) => one !== userId);
    if (this.lastServed === userId) this.lastServed = this.list.length === 0 ? undefined : before?.userId;
    this.former = new Map(this.former).set(userId, member);
    this.ownPlaces();
    this.places.delete(userId);
    this.countPlaces(place);
  }

  /** The line is formed anew. */
  move({ place: from }: Member, place: number): void {
    this.list.splice(place, 0, ...this.list.splice(from, 1));
    this.tally.move(from, place);
    this.countPlaces(Math.min(from, place));
    this.formLine();
  }

  /** Another strategy begins: nobody is owed anything, and the round robin goes on behind the one served last. */
  beginStrategy(): void {
    this.tally.beginAnew(this.list.map(({ full }) => full));
    this.extras = [];
    this.formLine();
  }

  /** The list, from behind the one served last. */
  private formLine(): void {
    const last = this.lastServed === undefined ? undefined : this.places.get(this.lastServed);
    this.line = Line.of(this.list.length, last === undefined ? 0 : last + 1);
  }

  change({ userId }: Member, settings: MemberSettings): void {
    const member = this.edit(userId);
    if (member === undefined) return;
    member.settings = settings;
    this.setCaps(member);
    this.#remembered = undefined;
    this.#shares = undefined;
  }

  /** A member's own cap stands before the default, also if it is 0: no limit. */
  private setCaps(member: Member): void {
    const caps = { ...this.current.caps, ...member.settings.caps };
    member.caps = Object.values(caps).some((limit) => limit > 0) ? caps : undefined;
  }

  private keep(place: number): Member {
    const member = (this.list[place] as Member).keptBy(this);
    this.list[place] = member;
    return member;
  }

  private countPlaces(from: number): void {
    this.#remembered = undefined;
    this.#shares = undefined;
    this.ownPlaces();
    for (let place = from; place < this.list.length; place += 1) {
      const member = this.keep(place);
      member.place = place;
      this.places.set(member.userId, place);
    }
  }

  private ownPlaces(): void {
    if (this.placesAreShared) this.places = new Map(this.places);
    this.placesAreShared = false;
  }
}

const roundRobin: Strategy = { type: 'round-robin' };
