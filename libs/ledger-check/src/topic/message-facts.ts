import type { IncomingMessage } from '@lead-rotator/event-bus';
import { definitionOf } from '@lead-rotator/lead-events';
import { fingerprint } from '../fingerprint.ts';

/** What the check keeps of a message of the events topic. */
export interface MessageFacts {
  readonly position: number;
  /** Of the key. */
  readonly key: number;
  /** Of what must agree with the log: see `identityOf`. */
  readonly identity: number;
  /** Of everything that a consumer sees: key, value and headers. */
  readonly content: number;
}

/** Undefined for a message that names no position. */
export function messageFacts(message: IncomingMessage): MessageFacts | undefined {
  const { ce_sequence: sequence, ce_type: type, ce_time: time } = message.headers;
  const position = Number(sequence?.toString());
  if (!Number.isSafeInteger(position) || position < 1 || message.key === null) return undefined;
  if (type == null || time == null) return undefined;
  const key = fingerprint(message.key);
  return { position, key, identity: identityOf(message), content: contentOf(message) };
}

type Text = string | Uint8Array | null | undefined;

/** The headers that say of an event what stands in the log beside its data. */
const told = ['ce_type', 'ce_time', 'ce_dataschema', 'ce_organizationid', 'ce_actor', 'ce_cause', 'traceparent'];

/** Stands for key, headers and data of an event, but for the person in it: that is sealed in the log. */
export function identityOf(message: {
  readonly key: Text;
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, Text>>;
}): number {
  const { key, value, headers } = message;
  let identity = fingerprint(
    withoutPerson(String(headers.ce_type), value ?? new Uint8Array()),
    fingerprint(bytes(key)),
  );
  for (const name of told) identity = fingerprint(bytes(headers[name]), identity);
  // 0 stands for a position without a message.
  return identity || 1;
}

const bytes = (text: Text): Uint8Array => (typeof text === 'string' ? Buffer.from(text) : (text ?? new Uint8Array()));

function withoutPerson(type: string, value: Uint8Array): Uint8Array {
  const sealed = definitionOf(type)?.sealed;
  if (sealed === undefined) return value;
  try {
    const { [sealed]: _, ...rest } = JSON.parse(value.toString()) as Record<string, unknown>;
    return Buffer.from(JSON.stringify(rest));
  } catch {
    return value;
  }
}

function contentOf({ key, value, headers }: IncomingMessage): number {
  let content = fingerprint(value ?? '', fingerprint(key ?? ''));
  for (const name of Object.keys(headers).sort()) {
    content = fingerprint(headers[name] ?? '', fingerprint(name, content));
  }
  // 0 stands for a position without a message.
  return content || 1;
}
