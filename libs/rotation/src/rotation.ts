import type {
  ClaimPolicy,
  MemberSettings,
  RotationId,
  RotationSettings,
  Strategy,
  UserId,
} from '@lead-rotator/lead-events';
import { Member } from './member.ts';
import type { Person } from './person.ts';

interface PolicyChange {
  readonly turns: number;
  readonly claim: ClaimPolicy | undefined;
}

/** An ordered list of members, and the line in which they stand for the round robin. */
export class Rotation {
  readonly id: RotationId;
  name: string;
  on: boolean;
  /** Replaced when something changes. */
  private current: RotationSettings;
  /** Members in list order. */
  list: Member[] = [];
  /** The same members in the order in which the round robin comes to them. */
  line: Member[] = [];
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

  constructor(id: RotationId, name: string, on: boolean, settings: RotationSettings) {
    this.id = id;
    this.name = name;
    this.on = on;
    this.current = settings;
    this.claims = [{ turns: 0, claim: settings.claim }];
  }

  copy(): Rotation {
    const copied = new Rotation(this.id, this.name, this.on, this.settings);
    copied.list = this.list.map((member) => member.copy());
    copied.line = this.line.map((member) => copied.list[member.place] as Member);
    copied.extras = this.extras.slice();
    copied.lastServed = this.lastServed;
    copied.turns = this.turns;
    copied.draws = this.draws;
    copied.claims = this.claims;
    copied.former = this.former;
    copied.places = this.places;
    copied.placesAreShared = true;
    return copied;
  }

  get settings(): RotationSettings {
    return this.current;
  }

  set settings(settings: RotationSettings) {
    if (settings.claim !== this.current.claim) {
      this.claims = [...this.claims, { turns: this.turns, claim: settings.claim }];
    }
    this.current = settings;
    for (const member of this.list) this.setCaps(member);
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
    this.list.splice(place, 0, member);
    if (before === undefined || before.userId === this.lastServed) this.line.unshift(member);
    else this.line.splice(this.line.indexOf(before) + 1, 0, member);
    this.setCaps(member);
    this.countPlaces(place);
  }

  /** The turn goes on with the successor: if the last served leaves, the one before them counts as last served. */
  remove(member: Member): void {
    const before = this.list.at(member.place - 1);
    this.list.splice(member.place, 1);
    this.line.splice(this.line.indexOf(member), 1);
    this.extras = this.extras.filter((userId) => userId !== member.userId);
    if (this.lastServed === member.userId) this.lastServed = this.list.length === 0 ? undefined : before?.userId;
    this.former = new Map(this.former).set(member.userId, member);
    if (this.placesAreShared) this.places = new Map(this.places);
    this.placesAreShared = false;
    this.places.delete(member.userId);
    this.countPlaces(member.place);
  }

  /** The line is formed anew. */
  move(member: Member, place: number): void {
    this.list.splice(member.place, 1);
    this.list.splice(place, 0, member);
    this.countPlaces(0);
    this.formLine();
  }

  /** Another strategy begins: nobody is owed anything, and the round robin goes on behind the one served last. */
  beginStrategy(): void {
    for (const member of this.list) {
      member.owed = 0;
      member.left = member.settings.leadsPerCycle ?? 1;
    }
    this.extras = [];
    this.formLine();
  }

  /** The list, from behind the one served last. */
  formLine(): void {
    const last = this.lastServed === undefined ? undefined : this.places.get(this.lastServed);
    const begin = last === undefined ? 0 : last + 1;
    this.line = [...this.list.slice(begin), ...this.list.slice(0, begin)];
  }

  change(member: Member, settings: MemberSettings): void {
    member.settings = settings;
    this.setCaps(member);
  }

  /** A member's own cap stands before the default, also if it is 0: no limit. */
  private setCaps(member: Member): void {
    const caps = { ...this.current.caps, ...member.settings.caps };
    member.caps = Object.values(caps).some((limit) => limit > 0) ? caps : undefined;
  }

  private countPlaces(from: number): void {
    if (this.placesAreShared) this.places = new Map(this.places);
    this.placesAreShared = false;
    for (let place = from; place < this.list.length; place += 1) {
      const member = this.list[place] as Member;
      member.place = place;
      this.places.set(member.userId, place);
    }
  }
}

const roundRobin: Strategy = { type: 'round-robin' };
