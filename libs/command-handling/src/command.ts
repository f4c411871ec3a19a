import type {
  Decision,
  EventContext,
  NewEvent,
  Position,
  RecordedEvent,
  Rejection,
} from '@lead-rotator/event-sourcing';
import type { ContactId, LeadId, LeadRotatorEvent } from '@lead-rotator/lead-events';
import type { World } from './world.ts';

/** Something that is wanted: what has to be read for it, and how it is decided. */
export interface Command {
  /** Who wants it, and what it answers: goes into every event that comes of it. */
  readonly context: EventContext;
  /** Leads it is about. */
  readonly leadIds?: readonly LeadId[];
  /** Contacts whose other leads it looks at. */
  readonly contactIds?: readonly ContactId[];
  /** Events of these leads that the caller has in clear already: personal data is then not opened again. */
  readonly known?: readonly RecordedEvent[];
  /** Pure: called again with a newer world after a conflict. */
  decide(world: World): Decision<LeadRotatorEvent>;
}

/** An event of a decision, and where it stands in the log. */
export type LoggedEvent = NewEvent & { readonly position: Position };

/** What became of a command: the events that are in the log now (none if there was nothing to do), or the domain's no. */
export type Outcome = readonly LoggedEvent[] | Rejection;
