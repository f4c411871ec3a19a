import type { EventLog, LogId } from '@lead-rotator/event-log';
import type { OrganizationId, Position, RecordedEvent } from '@lead-rotator/event-sourcing';
import { configurationTag, type LeadRotatorEventType, readEvent, type UserId } from '@lead-rotator/lead-events';
import { evolveUser, type User } from '@lead-rotator/rotation';
import { Lane } from './lane.ts';

/** The users of an organization, and those of its settings that others than deciders need. */
export interface OrganizationFacts {
  readonly users: ReadonlyMap<UserId, User>;
  /** IANA name; undefined until somebody sets one. */
  readonly timeZone: string | undefined;
  /** Of phone numbers without an international prefix, ISO 3166-1 alpha-2; undefined until somebody sets one. */
  readonly country: string | undefined;
}

/** An event of a type that is not among these changes nothing of the facts. */
const types: readonly LeadRotatorEventType[] = [
  'UserRegistered',
  'UserProfileChanged',
  'UserDeactivated',
  'UserActivated',
  'OrganizationSettingsChanged',
];

interface Known {
  readonly users: Map<UserId, User>;
  timeZone: string | undefined;
  country: string | undefined;
  /** The log was read up to here. */
  readTo: Position;
}

const nothingKnown = (): Known => ({ users: new Map(), timeZone: undefined, country: undefined, readTo: 0 });

/**
 * Organizations as the log knows them now, for services that do not decide. Read by tag, from where it was read before:
 * however long the log, a look costs what has changed. Kept in memory, some hundred bytes a user.
 */
export class OrganizationDirectory {
  readonly #log: EventLog;
  readonly #known = new Map<OrganizationId, Known>();
  readonly #lane = new Lane<OrganizationId, OrganizationFacts>((ids) => this.#read(ids), 1_000);
  #logId: LogId | undefined;

  constructor(log: EventLog) {
    this.#log = log;
  }

  /**
   * Everything is in it that stood in the log when this was called.
   * @throws LogUnavailable; UnknownEvent at an event of this organization that a newer version of the program wrote.
   */
  find(organizationId: OrganizationId): Promise<OrganizationFacts> {
    return this.#lane.add(organizationId);
  }

  async #read(ids: readonly OrganizationId[]): Promise<Promise<OrganizationFacts>[]> {
    const [logId, head] = await Promise.all([this.#log.id(), this.#log.head()]);
    // Of a log that was replaced nothing is known yet.
    if (logId !== this.#logId) this.#known.clear();
    this.#logId = logId;
    const looks = new Map([...new Set(ids)].map((id) => [id, this.#catchUp(id, head)]));
    // One organization that cannot be read is no reason not to know the others.
    await Promise.allSettled(looks.values());
    return ids.map((id) => looks.get(id) as Promise<OrganizationFacts>);
  }

  async #catchUp(organizationId: OrganizationId, head: Position): Promise<OrganizationFacts> {
    const known = this.#known.get(organizationId) ?? nothingKnown();
    const selection = { organizationId, tags: [configurationTag], types, after: known.readTo, until: head };
    for (const event of await this.#log.readByTags(selection)) evolve(known, event);
    known.readTo = head;
    this.#known.set(organizationId, known);
    return known;
  }
}

function evolve(known: Known, recorded: RecordedEvent): void {
  const { users } = known;
  const event = readEvent(recorded);
  switch (event.type) {
    case 'UserRegistered':
    case 'UserProfileChanged':
    case 'UserDeactivated':
    case 'UserActivated': {
      const user = evolveUser(users.get(event.data.userId), event);
      if (user !== undefined) users.set(user.id, user);
      break;
    }
    case 'OrganizationSettingsChanged':
      known.timeZone = event.data.timeZone ?? known.timeZone;
      known.country = event.data.country ?? known.country;
      break;
    default:
    // No other type is asked for.
  }
}
