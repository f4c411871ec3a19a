import type { IncomingMessage } from '@lead-rotator/event-bus';
import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import { fingerprint } from '../fingerprint.ts';

/** What the check keeps of a message of the events topic. */
export interface MessageFacts {
  readonly position: number;
  /** Of the key. */
  readonly key: number;
  /** Of type, time and key: what must agree with the log. */
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
  return { position, key, identity: fingerprint(type, fingerprint(time, key)), content: contentOf(message) };
}

/** As `identity` of its message must be. */
export const identityOf = (type: string, at: EpochMilliseconds, key: string): number =>
  fingerprint(type, fingerprint(new Date(at).toISOString(), fingerprint(key)));

function contentOf({ key, value, headers }: IncomingMessage): number {
  let content = fingerprint(value ?? '', fingerprint(key ?? ''));
  for (const name of Object.keys(headers).sort()) {
    content = fingerprint(headers[name] ?? '', fingerprint(name, content));
  }
  // 0 stands for a position without a message.
  return content || 1;
}
