import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import { schemaUri } from '@lead-rotator/lead-events';
import type { OutgoingMessage } from '../event-bus.ts';
import { type KeyOf, messageKey } from './message-key.ts';

/** The log as a CloudEvents source: `ce_id` is unique within it. */
export const logSource = (logId: string): string => `${logs}${logId}`;
const logs = '/lead-rotator/logs/';

/** Whether the source of an event is a log, of whoever. */
export const isLogSource = (source: string): boolean => source.startsWith(logs);

/**
 * An event of the log as a CloudEvent 1.0 in binary mode: attributes as headers `ce_…`, the event's data as JSON.
 * The same event gives the same bytes, however often it is encoded.
 */
export function encodeEvent(event: RecordedEvent, logId: string, keyOf: KeyOf = messageKey): OutgoingMessage {
  const { position, type, version, at, organizationId, actor, cause, traceparent, data } = event;
  const key = keyOf(event);
  const headers = {
    ce_specversion: '1.0',
    ce_id: String(position),
    ce_source: logSource(logId),
    ce_type: type,
    ce_time: new Date(at).toISOString(),
    ce_subject: key,
    ce_dataschema: schemaUri(type, version),
    ce_sequence: String(position),
    ce_organizationid: organizationId,
    ce_actor: actor,
    ce_cause: cause,
    'content-type': 'application/json',
  };
  return {
    key,
    value: Buffer.from(JSON.stringify(data)),
    headers: traceparent === undefined ? headers : { ...headers, traceparent },
  };
}
