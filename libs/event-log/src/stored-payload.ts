import type { NewEvent, Position, RecordedEvent } from '@lead-rotator/event-sourcing';

/** What of an event lies in `payload`, as JSON: its bytes are what is hashed. */
export interface StoredPayload {
  readonly data: unknown;
  readonly actor: RecordedEvent['actor'];
  readonly cause: RecordedEvent['cause'];
  readonly traceparent?: string;
  readonly decider?: number;
}

export function encodePayload({
  data,
  actor,
  cause,
  traceparent,
  decider,
}: Omit<StoredPayload, 'traceparent' | 'decider'> & Pick<NewEvent, 'traceparent' | 'decider'>): string {
  return JSON.stringify({ data, actor, cause, traceparent, decider });
}

/** The columns of an event, in the order every query gives them. */
export type EventRow = [
  position: Position,
  at: number,
  version: number,
  organization: string,
  type: string,
  payload: string,
];

/** An event as it was recorded; sealed fields are still as they are stored. */
export function decodeEvent([position, at, version, organization, type, payload]: EventRow): RecordedEvent {
  const stored = JSON.parse(payload) as StoredPayload;
  const event: { -readonly [Field in keyof RecordedEvent]: RecordedEvent[Field] } = {
    position,
    at,
    version,
    organizationId: organization as RecordedEvent['organizationId'],
    type,
    data: stored.data,
    actor: stored.actor,
    cause: stored.cause,
  };
  if (stored.traceparent !== undefined) event.traceparent = stored.traceparent;
  if (stored.decider !== undefined) event.decider = stored.decider;
  return event;
}
