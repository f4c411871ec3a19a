import type { Calendar, Condition, EventOfType, RotationId, Rule, UserId } from '@lead-rotator/lead-events';
import { Journal } from './journal.ts';
import { Layer } from './layer.ts';
import { type Load, Loads } from './load.ts';
import { Person } from './person.ts';
import type { Rotation } from './rotation.ts';
import type { Absence } from './schedule.ts';
import { sameEmail, type User } from './user.ts';
import type { Week } from './week.ts';
import { type Zone, zoneOf } from './zone.ts';

/** When something is open. */
export interface OpenHours {
  readonly timeZone?: string;
  /** Absent: always. */
  readonly week?: Week;
  /** Closed for the whole local day. */
  readonly holidays: readonly Absence[];
  /** As it was defined, for who shows it. */
  readonly written: Calendar;
}

/** A personal page: its leads are those of its rotation, or of its owner. */
export interface Page {
  readonly ownerId: UserId;
  readonly rotationId?: RotationId;
}

/** Published rules and their version; version 0 is the default that an organization starts with. */
export interface RuleSet {
  readonly version: number;
  readonly rules: readonly Rule[];
}

export type OrganizationSettings = Omit<EventOfType<'OrganizationSettingsChanged'>['data'], 'at'>;

const same = <Value>(value: Value): Value => value;
const copyPerson = (person: Person): Person => person.copy();
const copyRotation = (rotation: Rotation): Rotation => rotation.copy();

/** Users by their id. */
class Users {
  private readonly people: Layer<UserId, Person>;

  constructor(people: Layer<UserId, Person>) {
    this.people = people;
  }

  get(userId: UserId): User | undefined {
    return this.people.get(userId)?.user;
  }
}

/**
 * Who there is and how leads are distributed among them: all users in roster order, and all rotations with their lines
 * and counts. Changed in place by `evolveDistribution`.
 */
export class Distribution {
  organization: OrganizationSettings = {};
  /** Users in order; number one is the first active one. Replaced by a fork that adds to it. */
  roster: readonly UserId[] = [];
  rotationIds: readonly RotationId[] = [];
  /** How many turns there were, of all rotations. */
  turns = 0;
  /** Some user has, or had, caps over all rotations or a capacity. */
  hasUserLimits = false;
  /* Small, and replaced when something changes, so that forks may share them. */
  calendars: ReadonlyMap<string, OpenHours> = new Map();
  territories: ReadonlyMap<string, Condition> = new Map();
  pages: ReadonlyMap<string, Page> = new Map();
  ruleSet: RuleSet | undefined;
  private readonly people: Layer<UserId, Person>;
  /** All users, by id. */
  readonly users: Users;
  /* Who had an email or a site last; it may be another's, or nobody's, by now. */
  private readonly usersByEmail: Layer<string, UserId>;
  private readonly usersBySite: Layer<string, UserId>;
  readonly loads: Loads;
  /** Users whose profile has changed, and those with whom something has happened in any rotation. */
  readonly profileChanges: Journal;
  readonly loadChanges: Journal;
  readonly rotations: Layer<RotationId, Rotation>;

  /** Of a fork, what it was made from. */
  readonly base: Distribution | undefined;

  constructor(below?: Distribution) {
    this.people = below?.people.above() ?? new Layer(copyPerson);
    this.users = new Users(this.people);
    this.usersByEmail = below?.usersByEmail.above() ?? new Layer(same);
    this.usersBySite = below?.usersBySite.above() ?? new Layer(same);
    this.loads = new Loads(below?.loads);
    this.profileChanges = new Journal(below?.profileChanges);
    this.loadChanges = new Journal(below?.loadChanges);
    this.rotations = below?.rotations.above() ?? new Layer(copyRotation);
    this.base = below;
    if (below === undefined) return;
    this.organization = below.organization;
    this.roster = below.roster;
    this.rotationIds = below.rotationIds;
    this.turns = below.turns;
    this.hasUserLimits = below.hasUserLimits;
    this.calendars = below.calendars;
    this.territories = below.territories;
    this.pages = below.pages;
    this.ruleSet = below.ruleSet;
  }

  /** The zone of that name, or else of the organization. */
  zone(name: string | undefined): Zone {
    return zoneOf(name ?? this.organization.timeZone ?? 'UTC');
  }

  /** By id or email. */
  findUser(idOrEmail: string): User | undefined {
    const byId = this.users.get(idOrEmail as UserId);
    if (byId !== undefined) return byId;
    const email = sameEmail(idOrEmail);
    const id = this.usersByEmail.get(email);
    const user = id === undefined ? undefined : this.users.get(id);
    return user !== undefined && sameEmail(user.email) === email ? user : undefined;
  }

  isActive(userId: UserId | undefined): userId is UserId {
    return userId !== undefined && this.users.get(userId)?.active === true;
  }

  numberOne(): UserId | undefined {
    return this.roster.find((userId) => this.isActive(userId));
  }

  personOf(userId: UserId): Person | undefined {
    return this.people.get(userId);
  }

  /** Whose subdomain site it is. */
  ownerOfSite(site: string): UserId | undefined {
    const id = this.usersBySite.get(site);
    return id !== undefined && this.users.get(id)?.site === site ? id : undefined;
  }

  /** To another place on the roster, from 1. */
  moveUser(userId: UserId, place: number): void {
    const others = this.roster.filter((other) => other !== userId);
    this.roster = [...others.slice(0, place - 1), userId, ...others.slice(place - 1)];
  }

  /** A new user stands at the end of the roster; of a known one, what is known is replaced. */
  putUser(user: User): void {
    const known = this.people.get(user.id);
    if (known === undefined) {
      this.people.set(user.id, new Person(this.roster.length, user));
      this.roster = this.with(this.roster, user.id);
    } else if (this.people.owns(user.id)) known.user = user;
    else this.replacePerson(user);
    this.usersByEmail.set(sameEmail(user.email), user.id);
    if (user.site !== undefined) this.usersBySite.set(user.site, user.id);
    if (user.isLimited) this.hasUserLimits = true;
    this.profileChanges.note(user.id);
  }

  putRotation(rotation: Rotation): void {
    this.rotations.set(rotation.id, rotation);
    this.rotationIds = this.with(this.rotationIds, rotation.id);
  }

  /** What a user has over all rotations, to be changed in place. */
  editLoad(userId: UserId): Load | undefined {
    const person = this.people.get(userId);
    if (person === undefined) return undefined;
    this.loadChanges.note(userId);
    return this.loads.edit(person.number);
  }

  openOf(userId: UserId): number {
    const person = this.people.get(userId);
    return (person === undefined ? undefined : this.loads.get(person.number)?.open) ?? 0;
  }

  /** On a fork: the members that refer to the user refer to the fork's copy from now on. */
  private replacePerson(user: User): void {
    const person = this.people.edit(user.id);
    if (person === undefined) return;
    person.user = user;
    for (const rotationId of this.rotationIds) {
      if (this.rotations.get(rotationId)?.member(user.id) === undefined) continue;
      const member = this.rotations.edit(rotationId)?.edit(user.id);
      if (member !== undefined) member.person = person;
    }
  }

  private with<Id>(ids: readonly Id[], id: Id): readonly Id[] {
    if (this.base !== undefined) return [...ids, id];
    (ids as Id[]).push(id);
    return ids;
  }
}

/**
 * A state on which decisions are tried: what `evolveDistribution` changes on it is copied first, rotation by rotation
 * and user by user, and is gone when the fork is dropped. The original must not change while its fork is in use.
 */
export const forkDistribution = (distribution: Distribution): Distribution => new Distribution(distribution);
