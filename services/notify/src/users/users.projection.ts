import { Projection } from '@lead-rotator/command-handling';
import { typesExcept } from '@lead-rotator/event-bus';
import type { EventLog } from '@lead-rotator/event-log';
import type { OrganizationId, RecordedEvent } from '@lead-rotator/event-sourcing';
import { type LeadRotatorEventType, readEvent, type UserId } from '@lead-rotator/lead-events';
import { type User, withProfile } from '@lead-rotator/rotation';

/** What of an organization counts for whom to tell, and how. */
interface Addressees {
  readonly users: Map<UserId, User>;
  timeZone: string;
}

const read: readonly LeadRotatorEventType[] = [
  'UserRegistered',
  'UserProfileChanged',
  'UserDeactivated',
  'UserActivated',
  'OrganizationSettingsChanged',
];

/** Somebody who may be told. */
export interface Addressee {
  readonly email: string;
  readonly name?: string;
  readonly active: boolean;
  readonly timeZone: string;
}

/** This copy cannot know users at present, whatever is to be told: it waits. Readiness says why. */
class UsersUnknown extends Error {
  override readonly name = 'UsersUnknown';
  readonly canRetry = true;

  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}

/** Users as the log knows them now. Kept in memory: some hundred bytes each. */
export class Users {
  readonly #projection: Projection<Addressees>;

  constructor(log: EventLog) {
    this.#projection = new Projection(log, {
      initialState: () => ({ users: new Map(), timeZone: 'UTC' }),
      evolve: evolveAddressees,
      exceptTypes: typesExcept(...read),
    });
  }

  /** By id, as everything stands that is in the log now. @throws UsersUnknown, or what the log throws. */
  async find(organizationId: OrganizationId, userId: string): Promise<Addressee | undefined> {
    await this.#projection.catchUp().catch((error: unknown) => {
      if (this.#projection.fault === undefined) throw error;
      throw new UsersUnknown(this.#projection.fault);
    });
    const { users, timeZone } = this.#projection.stateOf(organizationId);
    const user = users.get(userId as UserId);
    if (user === undefined) return undefined;
    const { email, name, active } = user;
    return { email, active, timeZone: user.timeZone ?? timeZone, ...(name === undefined ? {} : { name }) };
  }

  /** What the reading stands still at, if it does. */
  get fault(): string | undefined {
    return this.#projection.fault?.message;
  }
}

function evolveAddressees(state: Addressees, recorded: RecordedEvent): Addressees {
  const { users } = state;
  const event = readEvent(recorded);
  switch (event.type) {
    case 'UserRegistered':
    case 'UserProfileChanged':
      users.set(event.data.userId, withProfile(users.get(event.data.userId), event.data));
      break;
    case 'UserDeactivated':
    case 'UserActivated': {
      const user = users.get(event.data.userId);
      if (user !== undefined) users.set(user.id, { ...user, active: event.type === 'UserActivated' });
      break;
    }
    case 'OrganizationSettingsChanged':
      state.timeZone = event.data.timeZone ?? state.timeZone;
      break;
    default:
    // Of the known types no other is read; an unknown one has made readEvent throw.
  }
  return state;
}
