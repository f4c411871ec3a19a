import type { IncomingMessage } from '@lead-rotator/event-bus';
import { defaultOrganization, type OrganizationId } from '@lead-rotator/event-sourcing';
import { CloudEvent, ValidationError } from 'cloudevents';
import { readTraceparent } from './trace-context.ts';

/** The largest message that is taken, in bytes of its value. */
const messageLimit = 64 * 1024;
/** The longest id of a CloudEvent that is taken, in characters. */
const idLimit = 500;

/** A message of a way in, taken apart; what it carries is still to be validated. */
export interface InboundMessage {
  readonly organizationId: OrganizationId;
  readonly data: unknown;
  /** Of the CloudEvent, if it is one. */
  readonly cloudEventId: string | undefined;
  /** An instant that `Date.parse` reads; undefined for a CloudEvent that has no time as well. */
  readonly cloudEventTime: string | undefined;
  readonly traceparent: string | undefined;
}

/** The message itself is at fault: nobody will ever be able to read it. */
export class UnreadableMessage extends Error {
  override readonly name = 'UnreadableMessage';
}

/**
 * Reads a message in one of three forms: a CloudEvent 1.0 in binary mode (headers `ce_…`), one in structured mode (a
 * `specversion` in the object, whatever the content type), or bare JSON.
 * @throws UnreadableMessage with the reason.
 */
export function readInboundMessage(message: IncomingMessage): InboundMessage {
  const { value } = message;
  if (value === null || value.length === 0) throw new UnreadableMessage('the message has no value');
  if (value.length > messageLimit) {
    throw new UnreadableMessage(`the message is ${value.length} bytes large; at most ${messageLimit} are taken`);
  }
  const header = (name: string): string | undefined => message.headers[name]?.toString('utf8');
  const organization = header('organization') ?? defaultOrganization;
  if (!/^[\w.-]{1,100}$/.test(organization)) {
    throw new UnreadableMessage('the header organization is not the id of one');
  }
  const body = parseJson(value);
  const event = binaryEvent(message, body) ?? structuredEvent(body);
  return {
    organizationId: organization as OrganizationId,
    data: event === undefined ? body : event.data,
    cloudEventId: event?.id,
    cloudEventTime: event?.time,
    traceparent: readTraceparent(header('traceparent') ?? (event?.traceparent as string | undefined)),
  };
}

interface ReadCloudEvent {
  readonly id: string;
  readonly time: string | undefined;
  readonly data: unknown;
  readonly traceparent: unknown;
}

function binaryEvent(message: IncomingMessage, data: unknown): ReadCloudEvent | undefined {
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (name.startsWith('ce_') && value !== null) attributes[name.slice(3)] = textOf(name, value);
  }
  return Object.keys(attributes).length === 0 ? undefined : cloudEvent({ ...attributes, data });
}

function structuredEvent(body: unknown): ReadCloudEvent | undefined {
  if (typeof body !== 'object' || body === null || !('specversion' in body)) return undefined;
  const { data_base64: encoded, ...event } = body as Record<string, unknown>;
  return cloudEvent(
    typeof encoded === 'string' ? { ...event, data: parseJson(Buffer.from(encoded, 'base64')) } : event,
  );
}

function cloudEvent(attributes: Readonly<Record<string, unknown>>): ReadCloudEvent {
  if (attributes.specversion !== '1.0') throw new UnreadableMessage('not a CloudEvent 1.0: its specversion is another');
  for (const name of ['id', 'source', 'type']) {
    if (typeof attributes[name] !== 'string' || attributes[name] === '') {
      throw new UnreadableMessage(`not a CloudEvent 1.0: ${name} is missing`);
    }
  }
  const { length } = attributes.id as string;
  if (length > idLimit)
    throw new UnreadableMessage(`the id is ${length} characters long; at most ${idLimit} are taken`);
  const { id, data, traceparent } = validated(attributes);
  // Not the validated one's: the library gives an event without a time that of the reading.
  const { time } = attributes;
  if (time === undefined) return { id, time, data, traceparent };
  if (typeof time !== 'string' || !/(Z|[+-]\d\d:\d\d)$/i.test(time) || Number.isNaN(Date.parse(time))) {
    throw new UnreadableMessage('not a CloudEvent 1.0: its time is no instant');
  }
  return { id, time, data, traceparent };
}

function validated(attributes: Readonly<Record<string, unknown>>): CloudEvent<unknown> {
  try {
    return new CloudEvent(attributes, true);
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    throw new UnreadableMessage(`not a CloudEvent 1.0: ${error.message.replaceAll(/\s+/g, ' ')}`);
  }
}

/** Read leniently, two ids of different bytes would be the same lead. */
const toTheLetter = new TextDecoder('utf8', { fatal: true });

function textOf(header: string, value: Buffer): string {
  try {
    return toTheLetter.decode(value);
  } catch {
    throw new UnreadableMessage(`the header ${header} is not a text in UTF-8`);
  }
}

function parseJson(value: Buffer): unknown {
  try {
    return JSON.parse(toTheLetter.decode(value));
  } catch {
    throw new UnreadableMessage('the value is not JSON in UTF-8');
  }
}
