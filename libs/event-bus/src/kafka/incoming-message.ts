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

function lastOfEach(headers: IHeaders): Record<string, Buffer> {
  const result: Record<string, Buffer> = {};
  for (const name in headers) {
    const given = headers[name];
    const last = Array.isArray(given) ? given[given.length - 1] : given;
    if (last !== undefined) result[name] = typeof last === 'string' ? Buffer.from(last) : last;
  }
  return result;
}
