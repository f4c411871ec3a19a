import type { KafkaMessage } from 'kafkajs';
import type { IncomingMessage } from '../event-bus.ts';
import { PackedHeaders } from './packed-headers.ts';

/** A message that kafkajs has read. Its headers are taken apart when somebody asks for them. */
export function incomingMessage(topic: string, partition: number, message: KafkaMessage): IncomingMessage {
  return new KafkaIncomingMessage(topic, partition, message);
}

/** The type of event that its headers name, without taking the others apart. */
export function typeOfEvent({ headers }: KafkaMessage): string | undefined {
  return headers instanceof PackedHeaders ? headers.text('ce_type') : headers?.ce_type?.toString();
}

class KafkaIncomingMessage implements IncomingMessage {
  readonly offset: bigint;
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  #headers: PackedHeaders | IncomingMessage['headers'];

  constructor(
    readonly topic: string,
    readonly partition: number,
    { offset, timestamp, key, value, headers }: KafkaMessage,
  ) {
    this.offset = BigInt(offset);
    this.timestamp = Number(timestamp);
    this.key = key;
    this.value = value;
    this.#headers = headers as PackedHeaders | IncomingMessage['headers'];
  }

  get headers(): IncomingMessage['headers'] {
    if (this.#headers instanceof PackedHeaders) this.#headers = this.#headers.all();
    return this.#headers;
  }
}
