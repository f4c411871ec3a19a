import type { OrganizationId } from './brand.ts';
import type { Tag } from './tag.ts';

/** The place of an event in the log: 1, 2, 3 … without a gap, in the order of commits. 0 stands before the first. */
export type Position = number;

/** An instant in milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMilliseconds = number;

/** Who caused an event: a person, a program of ours, or the system a lead came from. */
export type Actor = `user:${string}` | `service:${string}` | `source:${string}`;

/** What an event answers: an event of the log by position, a message (`topic/partition/offset`), or a request by its id. */
export type Cause = `event:${number}` | `message:${string}` | `request:${string}`;

/** What happened, in the words of the business, without the circumstances. */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}

/** The circumstances of an event, the same for all events of one decision. */
export interface EventContext {
  readonly organizationId: OrganizationId;
  readonly actor: Actor;
  readonly cause: Cause;
  /** W3C trace context of the message or request that started it, if it came with one. */
  readonly traceparent?: string;
  /** Version of the deciders, where the event was decided; absent where it only says what came in. */
  readonly decider?: number;
}

/** An event as it is handed to the log. */
export interface NewEvent<Type extends string = string, Data = unknown> extends EventContext, DomainEvent<Type, Data> {
  /** Version of the type's schema, from 1. */
  readonly version: number;
  /** When it was decided. */
  readonly at: EpochMilliseconds;
  /** What somebody will look it up or guard by; few, since each is an index entry. */
  readonly tags: readonly Tag[];
}

/** An event as the log gives it back. Tags are kept as hashes only and do not come back. */
export interface RecordedEvent<Type extends string = string, Data = unknown>
  extends Omit<NewEvent<Type, Data>, 'tags'> {
  readonly position: Position;
}
