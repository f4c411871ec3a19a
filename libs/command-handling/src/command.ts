import type { Scene } from '@lead-rotator/claim';
import type {
  Decision,
  EpochMilliseconds,
  EventContext,
  NewEvent,
  Position,
  RecordedEvent,
  Rejection,
} from '@lead-rotator/event-sourcing';
import type { ContactId, LeadId, LeadRotatorEvent } from '@lead-rotator/lead-events';
import type { Distribution } from '@lead-rotator/rotation';

interface CommandBase {
  /** Who wants it, and what it answers: goes into every event that comes of it. */
  readonly context: EventContext;
}

/** Something that is wanted of the users, the rotations or the settings. */
export interface ConfigurationCommand extends CommandBase {
  /** Pure: called again after a conflict. The distribution is a fork, or one that must not be changed. */
  decide(distribution: Distribution, at: EpochMilliseconds): Decision<LeadRotatorEvent>;
  /** Told again under this id, it is not done again. Only for a command that is handled by itself. */
  readonly once?: string;
}

/** Something that is wanted of one lead. Rejected as `unknown-lead` if the log has none of that id. */
export interface LeadCommand extends CommandBase {
  readonly leadId: LeadId;
  /** For whom a service asks, a user by id or email: the actor of what comes of it. */
  readonly by?: string;
  /** The lead's contacts, where the caller knows them: saves a second read. */
  readonly contactIds?: readonly ContactId[];
  /** The lead's events that the caller has in clear already: saves opening what is sealed. */
  readonly known?: readonly RecordedEvent[];
  /** Pure: called again after a conflict. */
  decide(scene: Scene, at: EpochMilliseconds): Decision<LeadRotatorEvent>;
}

export type Command = ConfigurationCommand | LeadCommand;

/** An event of a decision, and where it stands in the log. */
export type LoggedEvent = NewEvent & { readonly position: Position };

/** What became of a command: the events that are in the log now (none if there was nothing to do), or the domain's no. */
export type Outcome = readonly LoggedEvent[] | Rejection;
