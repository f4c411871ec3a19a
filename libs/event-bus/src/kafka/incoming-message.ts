import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { IncomingMessage } from '../event-bus.ts';

export function incomingMessage(topic: string, partition: number, message: KafkaMessage): IncomingMessage {
  return {
    topic,
    partition,
    offset: BigInt(message.offset),
    timestamp: Number(message.timestamp),
    key: message.key,
    value: message.value,
    headers: message.headers === undefined ? {} : lastOfEach(message.headers),
  };
}

function lastOfEach(headers: IHeaders): IncomingMessage['headers'] {
  const result: Record<string, Buffer | null> = Object.create(null);
  for (const name of Object.keys(headers)) {
    const given = headers[name];
    const last = Array.isArray(given) ? given[given.length - 1] : given;
    if (last !== undefined) result[name] = typeof last === 'string' ? Buffer.from(last) : last;
  }
  return result;
}
