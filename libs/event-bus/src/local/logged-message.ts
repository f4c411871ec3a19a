import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import { rememberEvent } from '../cloud-events/decode-event.ts';
import { encodeEvent, logSource } from '../cloud-events/encode-event.ts';
import type { KeyOf } from '../cloud-events/message-key.ts';
import type { IncomingMessage } from '../event-bus.ts';

/**
 * An event of the log as the message that the relay would have sent. It is made when somebody looks: whoever decodes it
 * gets the event back without a way through bytes.
 */
export function loggedMessage(topic: string, event: RecordedEvent, logId: string, keyOf?: KeyOf): IncomingMessage {
  let made: Pick<IncomingMessage, 'key' | 'value' | 'headers'> | undefined;
  const make = (): Pick<IncomingMessage, 'key' | 'value' | 'headers'> => {
    made ??= encode(event, logId, keyOf);
    return made;
  };
  const message: IncomingMessage = {
    topic,
    partition: 0,
    offset: BigInt(event.position - 1),
    timestamp: event.at,
    get key() {
      return make().key;
    },
    get value() {
      return make().value;
    },
    get headers() {
      return make().headers;
    },
  };
  rememberEvent(message, { ...event, source: logSource(logId) });
  return message;
}

function encode(
  event: RecordedEvent,
  logId: string,
  keyOf?: KeyOf,
): Pick<IncomingMessage, 'key' | 'value' | 'headers'> {
  const { key, value, headers } = encodeEvent(event, logId, keyOf);
  return {
    key: key === null ? null : Buffer.from(key),
    value,
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text ?? '')])),
  };
}
