import { OrganizationDirectory } from '@lead-rotator/command-handling';
import type { EventLog } from '@lead-rotator/event-log';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import { UnknownEvent, type UserId } from '@lead-rotator/lead-events';

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

/** Users as those who are to be told something. */
export class Users {
  readonly #directory: OrganizationDirectory;
  #fault: string | undefined;

  constructor(log: EventLog) {
    this.#directory = new OrganizationDirectory(log);
  }

  /** By id, as everything stands that is in the log now. @throws UsersUnknown, or what the log throws. */
  async find(organizationId: OrganizationId, userId: string): Promise<Addressee | undefined> {
    const { users, timeZone = 'UTC' } = await this.#facts(organizationId);
    const user = users.get(userId as UserId);
    if (user === undefined) return undefined;
    const { email, name, active } = user;
    return { email, active, timeZone: user.timeZone ?? timeZone, ...(name === undefined ? {} : { name }) };
  }

  /** What the reading stands still at, if it does. */
  get fault(): string | undefined {
    return this.#fault;
  }

  async #facts(organizationId: OrganizationId) {
    try {
      const facts = await this.#directory.find(organizationId);
      this.#fault = undefined;
      return facts;
    } catch (error) {
      if (!(error instanceof UnknownEvent)) throw error;
      this.#fault = error.message;
      throw new UsersUnknown(error);
    }
  }
}
