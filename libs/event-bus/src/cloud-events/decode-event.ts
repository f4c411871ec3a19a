import type { Actor, Cause, OrganizationId, RecordedEvent } from '@lead-rotator/event-sourcing';
import type { IncomingMessage } from '../event-bus.ts';

/** An event as it came over the bus. */
export interface PublishedEvent extends RecordedEvent {
  /** The log it stands in, as `logSource` writes it. */
  readonly source: string;
}

/** The message is no event of a log, and never will be. */
export class UndecodableMessage extends Error {
  override readonly name = 'UndecodableMessage';
}

const remembered = new WeakMap<IncomingMessage, PublishedEvent>();

/** Tells `decodeEvent` what a message was made from in this process. */
export function rememberEvent(message: IncomingMessage, event: PublishedEvent): void {
  remembered.set(message, event);
}

/** @throws UndecodableMessage naming the header that is missing or wrong, or saying that the value is not JSON. */
export function decodeEvent(message: IncomingMessage): PublishedEvent {
  const known = remembered.get(message);
  if (known !== undefined) return known;
  const traceparent = message.headers.traceparent?.toString();
  const at = Date.parse(header(message, 'ce_time'));
  if (Number.isNaN(at)) throw new UndecodableMessage('the header ce_time is not a time');
  return {
    source: header(message, 'ce_source'),
    position: wholeNumber(header(message, 'ce_sequence'), 'ce_sequence'),
    type: eventType(message),
    version: wholeNumber(versionOf(header(message, 'ce_dataschema')), 'ce_dataschema'),
    at,
    organizationId: header(message, 'ce_organizationid') as OrganizationId,
    actor: header(message, 'ce_actor') as Actor,
    cause: header(message, 'ce_cause') as Cause,
    ...(traceparent === undefined ? {} : { traceparent }),
    data: parse(message.value),
  };
}

/** The type of an event, without taking the rest apart. @throws UndecodableMessage when it has none. */
export const eventType = (message: IncomingMessage): string =>
  remembered.get(message)?.type ?? header(message, 'ce_type');

/** Where an event stands, without taking the rest apart. @throws UndecodableMessage when it does not say. */
export const eventSource = (message: IncomingMessage): string =>
  remembered.get(message)?.source ?? header(message, 'ce_source');

function header({ headers }: IncomingMessage, name: string): string {
  const value = headers[name];
  if (value == null || value.length === 0) throw new UndecodableMessage(`the header ${name} is missing`);
  return value.toString();
}

/** `schemaUri` ends in `/<type>/<version>.json`. */
const versionOf = (schema: string): string => schema.slice(schema.lastIndexOf('/') + 1, -'.json'.length);

function wholeNumber(text: string, name: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) {
    throw new UndecodableMessage(`the header ${name} does not carry a whole number from 1`);
  }
  return number;
}

function parse(value: Buffer | null): unknown {
  if (value === null) throw new UndecodableMessage('the message has no value');
  try {
    return JSON.parse(value.toString());
  } catch {
    throw new UndecodableMessage('the value is not JSON');
  }
}
