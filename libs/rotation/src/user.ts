import type { AwayPeriod, Caps, EventOfType, UserId, WeekHours } from '@lead-rotator/lead-events';
import { type Absence, compileAway, compileWeek } from './schedule.ts';
import type { Week } from './week.ts';

/** A person who can own leads. Replaced as a whole when something changes, so it may be shared. */
export interface User {
  readonly id: UserId;
  readonly email: string;
  readonly name?: string;
  readonly active: boolean;
  readonly switchedOn: boolean;
  readonly plan: 'basic' | 'complete';
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  readonly team?: string;
  readonly sponsor?: UserId;
  readonly site?: string;
  readonly timeZone?: string;
  /** Absent: always. */
  readonly hours?: Week;
  readonly away: readonly Absence[];
  /** Hours and periods away as they were told, for who shows them. */
  readonly written: { readonly hours?: WeekHours; readonly away: readonly AwayPeriod[] };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly caps: Caps;
  /** 0: no limit. */
  readonly maxOpen: number;
  /** Has caps over all rotations, or a capacity. */
  readonly isLimited: boolean;
}

/** Managers and admins: they may do with any lead what its owner may. */
export const isManager = ({ roles }: Pick<User, 'roles'>): boolean =>
  roles.includes('admin') || roles.includes('manager');

export type ProfileChange = Omit<EventOfType<'UserProfileChanged'>['data'], 'at'>;

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

const unregistered: Omit<User, 'id' | 'email'> = {
  active: true,
  switchedOn: true,
  plan: 'basic',
  roles: ['agent'],
  permissions: [],
  away: [],
  written: { away: [] },
  attributes: {},
  caps: {},
  maxOpen: 0,
  isLimited: false,
};

/** A user as they are after an event that names some of what is known of them. */
export function withProfile(known: User | undefined, profile: EventOfType<'UserProfileChanged'>['data']): User {
  const { userId, at: _, email, hours, away, unset = [], ...plain } = profile;
  const user: Writable<Omit<User, 'id' | 'email'> & Partial<User>> = { ...unregistered, ...known };
  const written: Writable<User['written']> = { ...user.written };
  for (const field of unset) {
    delete user[field];
    if (field === 'hours') delete written.hours;
  }
  const caps = plain.caps ?? user.caps;
  const maxOpen = plain.maxOpen ?? user.maxOpen;
  return {
    ...user,
    ...plain,
    isLimited: maxOpen > 0 || Object.values(caps).some((limit) => limit > 0),
    id: userId,
    email: email ?? user.email ?? '',
    ...(hours === undefined ? {} : { hours: compileWeek(hours) }),
    ...(away === undefined ? {} : { away: away.map(compileAway) }),
    written: {
      ...written,
      ...(hours === undefined ? {} : { hours }),
      ...(away === undefined ? {} : { away }),
    },
  };
}

/** Emails are compared like this. */
export const sameEmail = (email: string): string => email.trim().toLowerCase();
