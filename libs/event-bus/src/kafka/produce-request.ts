import { createRequire } from 'node:module';
import { crc32c } from '@node-rs/crc32';
import type { Message } from 'kafkajs';
import type { OutgoingMessage } from '../event-bus.ts';

/** What kafkajs wants to send to one broker; of messages that are not `OutgoingRecord` it has more to say. */
interface ProduceRequest {
  readonly acks: number;
  readonly timeout: number;
  readonly compression?: number;
  readonly transactionalId?: string | null;
  readonly producerId?: { toString(): string };
  readonly producerEpoch?: number;
  readonly topicData: readonly { readonly topic: string; readonly partitions: readonly PartitionData[] }[];
}

interface PartitionData {
  readonly partition: number | string;
  readonly firstSequence?: number;
  readonly messages: readonly (OutgoingRecord | Message)[];
}

/** As much of kafkajs' encoder as those need who are given one. */
interface Encoded {
  readonly buf: Buffer;
  readonly buffer: Buffer;
}

interface Encoder {
  buf: Buffer;
  readonly offset: number;
  ensureAvailable(length: number): void;
}

interface Protocol {
  readonly request: { encode(): Promise<Encoded> };
}

interface Produce {
  protocol(version: { version: number }): (request: ProduceRequest) => Protocol;
}

/** A message as `encodeProduceRequest` writes it: kafkajs passes it through as it is. */
export class OutgoingRecord implements OutgoingMessage {
  readonly key: OutgoingMessage['key'];
  readonly value: OutgoingMessage['value'];
  readonly headers: OutgoingMessage['headers'];

  constructor({ key, value, headers }: OutgoingMessage) {
    this.key = key;
    this.value = value;
    this.headers = headers;
  }
}

const require = createRequire(import.meta.url);

/** From here on a request holds batches of the format that is written here; before, kafkajs writes it. */
const firstVersion = 3;

/** What is larger grows by what is asked for. */
const largestDoubled = 65_536;

/**
 * kafkajs 2.2.4 makes an encoder with a zeroed buffer for each header and each record, copies every record seven times
 * into buffers twice as large, and groups messages by partition in a time that grows with their square: a third of what
 * the relay did, and as much again of collecting what was left over. Requests of `OutgoingRecord`s are written into one
 * buffer here; the bytes are the same, which the spec holds against kafkajs' own.
 */
export function directProduceRequests(): void {
  const { prototype } = require('kafkajs/src/protocol/encoder') as { prototype: Encoder };
  // The request is copied twice more, behind its head: without zeros that are overwritten at once.
  prototype.ensureAvailable = function grow(length) {
    const needed = this.offset + length;
    if (needed <= this.buf.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, Math.min(2 * this.buf.length, largestDoubled)));
    this.buf.copy(grown, 0, 0, this.offset);
    this.buf = grown;
  };
  const produce = require('kafkajs/src/protocol/requests/produce') as Produce;
  const { protocol } = produce;
  produce.protocol = ({ version }) => {
    const make = protocol({ version });
    if (version < firstVersion) return make;
    return (given) => {
      const made = make(given);
      if (!isDirect(given)) return made;
      const encode = async (): Promise<Encoded> => {
        const buffer = encodeProduceRequest(given, Date.now());
        return { buf: buffer, buffer };
      };
      return { ...made, request: { ...made.request, encode } };
    };
  };
}

/** Messages for kafkajs, which groups them by partition with `reduce` and copies the group for each message. */
export function outgoingRecords(messages: readonly OutgoingMessage[]): Message[] {
  const records = messages.map((message) => new OutgoingRecord(message)) as unknown as Message[];
  type Groups = Record<string, Message[]>;
  const group = (add: (none: Groups, message: Message) => Groups): Groups => {
    const groups: Groups = {};
    for (const record of records) {
      for (const [partition, [one]] of Object.entries(add({}, record))) {
        groups[partition] ??= [];
        groups[partition].push(one as Message);
      }
    }
    return groups;
  };
  return Object.defineProperty(records, 'reduce', { value: group });
}

function isDirect({ compression = 0, transactionalId, topicData }: ProduceRequest): boolean {
  if (compression !== 0 || transactionalId != null) return false;
  return topicData.every(({ partitions }) =>
    partitions.every(({ messages }) => messages.every((message) => message instanceof OutgoingRecord)),
  );
}

/** @param now milliseconds since 1970: the time of all its messages. */
export function encodeProduceRequest(request: ProduceRequest, now: number): Buffer {
  const { acks, timeout, topicData } = request;
  const out = new Writer();
  out.int16(-1);
  out.int16(acks);
  out.int32(timeout);
  out.int32(topicData.length);
  for (const { topic, partitions } of topicData) {
    out.int16(Buffer.byteLength(topic));
    out.text(topic);
    out.int32(partitions.length);
    for (const data of partitions) writePartition(out, request, data, now);
  }
  return out.from(0);
}

/** A record batch of version 2, as the documentation of the protocol has it: https://kafka.apache.org/documentation/#recordbatch */
function writePartition(out: Writer, request: ProduceRequest, data: PartitionData, now: number): void {
  const { partition, firstSequence = 0, messages } = data;
  const { producerId = -1, producerEpoch = 0 } = request;
  out.int32(Number(partition));
  const size = out.reserveInt32();
  const start = out.offset;
  out.int64(0n);
  const length = out.reserveInt32();
  const behindLength = out.offset;
  out.int32(0);
  out.int8(2);
  const crc = out.reserveInt32();
  const body = out.offset;
  out.int16(0);
  out.int32(messages.length - 1);
  out.int64(BigInt(now));
  out.int64(BigInt(now));
  out.int64(BigInt(producerId.toString()));
  out.int16(producerEpoch);
  out.int32(firstSequence);
  out.int32(messages.length);
  messages.forEach((message, number) => {
    writeRecord(out, message as OutgoingRecord, number);
  });
  out.fill(size, out.offset - start);
  out.fill(length, out.offset - behindLength);
  out.fill(crc, crc32c(out.from(body)) | 0);
}

function writeRecord(out: Writer, { key, value, headers }: OutgoingRecord, number: number): void {
  const names = Object.keys(headers);
  let most = 32 + atMost(key) + atMost(value);
  for (const name of names) most += 10 + atMost(name) + atMost(headers[name] ?? null);
  out.ensure(most);
  const start = out.offset;
  // Most records take two bytes for their length; others are moved when it is known.
  out.offset = start + 2;
  out.int8(0);
  out.varInt(0);
  out.varInt(number);
  out.sized(key);
  out.sized(value);
  out.varInt(names.length);
  for (const name of names) {
    out.sized(name);
    out.sized(headers[name] ?? null);
  }
  out.fillVarInt(start, start + 2);
}

const atMost = (content: string | Buffer | null): number =>
  content === null ? 0 : typeof content === 'string' ? 3 * content.length : content.length;

const sizeOfVarInt = (value: number): number => {
  let size = 1;
  for (let rest = value < 0 ? 1 : value * 2; rest > 127; rest = Math.floor(rest / 128)) size += 1;
  return size;
};

/** Longer texts are written by Node. */
const shortText = 100;

/** Writes into a buffer that grows: what is of fixed length makes room for itself, the rest asks for it with `ensure`. */
class Writer {
  offset = 0;
  #bytes = Buffer.allocUnsafe(65_536);

  ensure(length: number): void {
    const needed = this.offset + length + 64;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.length));
    this.#bytes.copy(grown, 0, 0, this.offset);
    this.#bytes = grown;
  }

  /** What was written from there on. */
  from(start: number): Buffer {
    return this.#bytes.subarray(start, this.offset);
  }

  int8(value: number): void {
    this.offset = this.#bytes.writeInt8(value, this.offset);
  }

  int16(value: number): void {
    this.ensure(2);
    this.offset = this.#bytes.writeInt16BE(value, this.offset);
  }

  int32(value: number): void {
    this.ensure(4);
    this.offset = this.#bytes.writeInt32BE(value, this.offset);
  }

  int64(value: bigint): void {
    this.ensure(8);
    this.offset = this.#bytes.writeBigInt64BE(value, this.offset);
  }

  reserveInt32(): number {
    this.int32(0);
    return this.offset - 4;
  }

  fill(place: number, value: number): void {
    this.#bytes.writeInt32BE(value, place);
  }

  /** Zigzag, seven bits a byte. The only negative one is -1: there is none. */
  varInt(value: number): void {
    let rest = value < 0 ? 1 : value * 2;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.#bytes[this.offset++] = (rest % 128) | 128;
    this.#bytes[this.offset++] = rest;
  }

  /** Writes at a place how much was written from `start` on, and moves that to behind it. */
  fillVarInt(place: number, start: number): void {
    const { offset } = this;
    const length = offset - start;
    const moved = place + sizeOfVarInt(length) - start;
    if (moved !== 0) this.#bytes.copyWithin(start + moved, start, offset);
    this.offset = place;
    this.varInt(length);
    this.offset = offset + moved;
  }

  sized(content: string | Buffer | null): void {
    if (content === null) this.varInt(-1);
    else if (typeof content === 'string') {
      const place = this.offset;
      const start = place + sizeOfVarInt(content.length);
      this.offset = start;
      this.text(content);
      this.fillVarInt(place, start);
    } else {
      this.varInt(content.length);
      this.offset += content.copy(this.#bytes, this.offset);
    }
  }

  text(content: string): void {
    this.ensure(3 * content.length);
    const bytes = this.#bytes;
    const { offset } = this;
    if (content.length <= shortText) {
      let at = 0;
      for (; at < content.length; at += 1) {
        const code = content.charCodeAt(at);
        if (code > 127) break;
        bytes[offset + at] = code;
      }
      if (at === content.length) {
        this.offset = offset + at;
        return;
      }
    }
    this.offset = offset + bytes.write(content, offset, 'utf8');
  }
}
