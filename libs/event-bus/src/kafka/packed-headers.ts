import { createRequire } from 'node:module';

/** As much of kafkajs' decoder as reading headers takes. */
interface Decoder {
  readonly buffer: Buffer;
  offset: number;
  readVarInt(): number;
  readVarIntArray(): unknown;
}

/**
 * kafkajs 2.2.4 copies all headers read so far for each one more: with the twelve of an event, 9 µs to read a record, of
 * which 8 are the headers. From here on the `headers` of a message that kafkajs has read are `PackedHeaders`. The method
 * serves headers and nothing else in kafkajs.
 */
export function packedHeaders(): void {
  const { prototype } = createRequire(import.meta.url)('kafkajs/src/protocol/decoder') as { prototype: Decoder };
  prototype.readVarIntArray = function read() {
    const headers = PackedHeaders.read(this);
    // The caller folds what it is given into an object: it is one already.
    return { reduce: () => headers };
  };
}

/** The headers of a record as it was read: nothing is taken apart before somebody asks. */
export class PackedHeaders {
  readonly #buffer: Buffer;
  readonly #start: number;
  readonly #count: number;

  private constructor(buffer: Buffer, start: number, count: number) {
    this.#buffer = buffer;
    this.#start = start;
    this.#count = count;
  }

  /** Leaves the decoder behind them. */
  static read(decoder: Decoder): PackedHeaders {
    const count = decoder.readVarInt();
    const headers = new PackedHeaders(decoder.buffer, decoder.offset, count);
    for (let number = 0; number < 2 * count; number += 1) {
      const length = decoder.readVarInt();
      if (length > 0) decoder.offset += length;
    }
    return headers;
  }

  /** The text of the last header of that name; undefined without one, or without a value. */
  text(name: string): string | undefined {
    let found: string | undefined;
    this.#each((nameAt, nameEnd, valueAt, valueEnd) => {
      if (!isAt(this.#buffer, nameAt, nameEnd, name)) return;
      found = valueAt === valueEnd ? undefined : this.#buffer.toString('utf8', valueAt, valueEnd);
    });
    return found;
  }

  /** All of them, of each name the last; null: without a value. Inherits nothing: one may be called `__proto__`. */
  all(): Record<string, Buffer | null> {
    const all: Record<string, Buffer | null> = Object.create(null);
    this.#each((nameAt, nameEnd, valueAt, valueEnd, hasValue) => {
      all[nameOf(this.#buffer, nameAt, nameEnd)] = hasValue ? this.#buffer.subarray(valueAt, valueEnd) : null;
    });
    return all;
  }

  #each(take: (nameAt: number, nameEnd: number, valueAt: number, valueEnd: number, hasValue: boolean) => void): void {
    const cursor = { at: this.#start };
    for (let number = 0; number < this.#count; number += 1) {
      const nameLength = readVarInt(this.#buffer, cursor);
      const nameAt = cursor.at;
      cursor.at += nameLength;
      const valueLength = readVarInt(this.#buffer, cursor);
      const valueAt = cursor.at;
      cursor.at += Math.max(valueLength, 0);
      take(nameAt, nameAt + nameLength, valueAt, cursor.at, valueLength >= 0);
    }
  }
}

/** Zigzag, seven bits a byte; lengths are below 2^31. */
function readVarInt(buffer: Buffer, cursor: { at: number }): number {
  let value = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = buffer[cursor.at] as number;
    cursor.at += 1;
    value += (byte & 127) * factor;
    if (byte < 128) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}

/** So many names are remembered, by what their bytes come to. */
const mostNames = 256;
const names = new Map<number, string>();

/** The records of a topic have the same headers: their names are not made anew for each. */
function nameOf(buffer: Buffer, at: number, end: number): string {
  let sum = end - at;
  for (let index = at; index < end; index += 1) sum = (Math.imul(sum, 31) + (buffer[index] as number)) | 0;
  const guess = names.get(sum);
  if (guess !== undefined && isAt(buffer, at, end, guess)) return guess;
  const name = buffer.toString('utf8', at, end);
  if (names.size < mostNames) names.set(sum, name);
  return name;
}

/** Whether these bytes are that text; false for one beyond ASCII, which is not compared. */
function isAt(buffer: Buffer, at: number, end: number, text: string): boolean {
  if (text.length !== end - at) return false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 127 || buffer[at + index] !== code) return false;
  }
  return true;
}
