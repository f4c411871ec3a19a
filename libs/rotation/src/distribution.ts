import type { Condition, EventOfType, RotationId, Rule, UserId } from '@lead-rotator/lead-events';
import { Layer } from './layer.ts';
import { Load } from './load.ts';
import type { Rotation } from './rotation.ts';
import type { Absence, Week } from './schedule.ts';
import type { User } from './user.ts';
import { type Zone, zoneOf } from './zone.ts';

/** When something is open. */
export interface OpenHours {
  readonly timeZone?: string;
  /** Absent: always. */
  readonly week?: Week;
  /** Closed for the whole local day. */
  readonly holidays: readonly Absence[];
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
const copyLoad = (load: Load): Load => load.copy();
const copyRotation = (rotation: Rotation): Rotation => rotation.copy();

/**
 * Who there is and how leads are distributed among them: all users in roster order, and all rotations with their lines
 * and counts. Changed in place by `evolveDistribution`.
 */
export class Distribution {
  organization: OrganizationSettings = {};
  /** Users in order; number one is the first active one. */
  roster: UserId[] = [];
  rotationIds: RotationId[] = [];
  /** How many turns there were, of all rotations. */
  turns = 0;
  /** Some user has, or had, caps over all rotations or a capacity. */
  hasUserLimits = false;
  /* Small, and replaced when something changes, so that forks may share them. */
  calendars: ReadonlyMap<string, OpenHours> = new Map();
  territories: ReadonlyMap<string, Condition> = new Map();
  pages: ReadonlyMap<string, Page> = new Map();
  ruleSet: RuleSet | undefined;
  readonly users: Layer<UserId, User>;
  readonly usersByEmail: Layer<string, UserId>;
  readonly usersBySite: Layer<string, UserId>;
  readonly loads: Layer<UserId, Load>;
  readonly rotations: Layer<RotationId, Rotation>;

  constructor(below?: Distribution) {
    this.users = below?.users.above() ?? new Layer(same);
    this.usersByEmail = below?.usersByEmail.above() ?? new Layer(same);
    this.usersBySite = below?.usersBySite.above() ?? new Layer(same);
    this.loads = below?.loads.above() ?? new Layer(copyLoad);
    this.rotations = below?.rotations.above() ?? new Layer(copyRotation);
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
    const id = this.usersByEmail.get(idOrEmail.trim().toLowerCase());
    return id === undefined ? undefined : this.users.get(id);
  }

  isActive(userId: UserId | undefined): userId is UserId {
    return userId !== undefined && this.users.get(userId)?.active === true;
  }

  numberOne(): UserId | undefined {
    return this.roster.find((userId) => this.isActive(userId));
  }

  /** What a user has over all rotations, to be changed in place. */
  editLoad(userId: UserId): Load {
    const load = this.loads.edit(userId);
    if (load !== undefined) return load;
    const fresh = new Load();
    this.loads.set(userId, fresh);
    return fresh;
  }

  openOf(userId: UserId): number {
    return this.loads.get(userId)?.open ?? 0;
  }
}

/**
 * A state on which decisions are tried: what `evolveDistribution` changes on it is copied first, rotation by rotation
 * and user by user, and is gone when the fork is dropped. The original must not change while its fork is in use.
 * Users and rotations are not registered or created on a fork.
 */
export const forkDistribution = (distribution: Distribution): Distribution => new Distribution(distribution);
