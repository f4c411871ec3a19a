import { createRequire } from 'node:module';
import type { IHeaders, Message } from 'kafkajs';
import type { OutgoingMessage } from '../event-bus.ts';

/** A value that brings its headers along, as they stand in a record: their count, then each name and value. */
type ValueWithHeaders = Buffer & { packedHeaders?: Buffer };

type Headers = OutgoingMessage['headers'];

interface Encoder {
  buf: Buffer;
  offset: number;
  packedHeaders?: Buffer | undefined;
  ensureAvailable(length: number): void;
  writeBufferInternal(buffer: Buffer): void;
  writeVarIntBytes(value: ValueWithHeaders | string | null): Encoder;
  writeVarIntArray(array: readonly unknown[]): Encoder;
}

interface EncoderClass {
  prototype: Encoder;
  sizeOfVarIntBytes(value: ValueWithHeaders | string | null): number;
}

interface Decoder {
  readonly buffer: Buffer;
  offset: number;
  readVarInt(): number;
  readVarIntBytes(): Buffer | null;
  readVarIntArray(): unknown;
}

const require = createRequire(import.meta.url);

/** So many names are remembered, by their place. */
const mostNames = 64;

/**
 * kafkajs 2.2.4 makes an encoder with a zeroed buffer of its own for each header, and copies all headers read so far
 * for each one more: with the twelve of an event, 28 µs to write a record and 9 to read it, of which 24 and 8 are the
 * headers. Here they are written into one buffer beforehand (`packHeaders`) and collected in place. Both methods serve
 * headers and nothing else in kafkajs; the bytes are the same, which the spec holds against kafkajs' own.
 */
export function packedHeaders(): void {
  packWriting(require('kafkajs/src/protocol/encoder') as EncoderClass);
  packReading(require('kafkajs/src/protocol/decoder') as { prototype: Decoder });
}

/**
 * The message with its headers in its value, for a kafkajs on which `packedHeaders` was called. One without a value
 * cannot carry them: there kafkajs writes them, which knows no header without a value, and such a one becomes empty.
 */
export function packHeaders({ key, value, headers }: OutgoingMessage): Message {
  if (value === null) return { key, value, headers: withoutNulls(headers) };
  // A view of its own: the caller's buffer stays as it is.
  const carrier: ValueWithHeaders = value.subarray();
  carrier.packedHeaders = encodeHeaders(headers);
  return { key, value: carrier, headers: {} };
}

/** The headers of a message that `packHeaders` has made, as they are read, for who is handed it in place of a broker. */
export function unpackHeaders({ value, headers = {} }: Message): IHeaders {
  const packed = Buffer.isBuffer(value) ? (value as ValueWithHeaders).packedHeaders : undefined;
  if (packed === undefined) return headers;
  const Decoder = require('kafkajs/src/protocol/decoder') as new (buffer: Buffer) => Decoder;
  return (new Decoder(packed).readVarIntArray() as { reduce(): IHeaders }).reduce();
}

function packWriting(encoder: EncoderClass): void {
  const { prototype } = encoder;
  const { writeVarIntBytes, writeVarIntArray } = prototype;
  const sizeOf = encoder.sizeOfVarIntBytes.bind(encoder);
  // kafkajs has counted one byte for no headers.
  encoder.sizeOfVarIntBytes = (value) =>
    sizeOf(value) + (Buffer.isBuffer(value) && value.packedHeaders !== undefined ? value.packedHeaders.length - 1 : 0);
  prototype.writeVarIntBytes = function write(value) {
    if (Buffer.isBuffer(value)) this.packedHeaders = value.packedHeaders;
    return writeVarIntBytes.call(this, value);
  };
  prototype.writeVarIntArray = function write(array) {
    if (this.packedHeaders === undefined) return writeVarIntArray.call(this, array);
    this.writeBufferInternal(this.packedHeaders);
    return this;
  };
  // As kafkajs does it, but without zeroes that are overwritten at once.
  prototype.ensureAvailable = function grow(length) {
    const needed = this.offset + length;
    if (needed <= this.buf.length) return;
    const grown = Buffer.allocUnsafe(2 ** Math.ceil(Math.log2(needed + 1)));
    this.buf.copy(grown, 0, 0, this.offset);
    this.buf = grown;
  };
}

function packReading({ prototype }: { prototype: Decoder }): void {
  const names: Name[] = [];
  prototype.readVarIntArray = function read() {
    // Inherits nothing: a header may be called `constructor` or `__proto__`.
    const headers: Record<string, Buffer | Buffer[]> = Object.create(null);
    const count = this.readVarInt();
    for (let number = 0; number < count; number += 1) {
      const key = readName(this, names, number);
      const value = this.readVarIntBytes() as Buffer;
      const before = headers[key];
      if (before === undefined) headers[key] = value;
      else headers[key] = Array.isArray(before) ? [...before, value] : [before, value];
    }
    // The caller folds what it is given into an object: it is one already.
    return { reduce: () => headers };
  };
}

interface Name {
  readonly text: string;
  readonly bytes: Buffer;
}

/** Records of a topic have the same headers in the same order: the name is mostly that of the record before. */
function readName(decoder: Decoder, names: Name[], number: number): string {
  const length = decoder.readVarInt();
  const start = decoder.offset;
  decoder.offset += length;
  const guess = names[number];
  if (guess !== undefined && guess.bytes.length === length && isAt(decoder.buffer, start, guess.bytes))
    return guess.text;
  const bytes = Buffer.from(decoder.buffer.subarray(start, start + length));
  const text = bytes.toString('utf8');
  if (number < mostNames) names[number] = { text, bytes };
  return text;
}

function isAt(buffer: Buffer, start: number, bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += 1) if (buffer[start + at] !== bytes[at]) return false;
  return true;
}

function withoutNulls(headers: Headers): IHeaders {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value ?? '']));
}

function encodeHeaders(headers: Headers): Buffer {
  const names = Object.keys(headers);
  let most = 5;
  for (const name of names) most += 10 + 3 * name.length + 3 * (headers[name]?.length ?? 0);
  const buffer = Buffer.allocUnsafe(most);
  let offset = writeVarInt(buffer, 0, names.length);
  for (const name of names) {
    offset = writeSized(buffer, offset, name);
    offset = writeSized(buffer, offset, headers[name] ?? null);
  }
  return buffer.subarray(0, offset);
}

function writeSized(buffer: Buffer, offset: number, content: Headers[string]): number {
  if (content === null) return writeVarInt(buffer, offset, -1);
  const length = Buffer.byteLength(content);
  const start = writeVarInt(buffer, offset, length);
  if (typeof content === 'string') buffer.write(content, start, length, 'utf8');
  else content.copy(buffer, start);
  return start + length;
}

/** Zigzag, seven bits a byte; the only negative length is -1: there is no value. */
function writeVarInt(buffer: Buffer, offset: number, value: number): number {
  let rest = value < 0 ? 1 : value * 2;
  let at = offset;
  for (; rest > 127; rest = Math.floor(rest / 128)) buffer[at++] = (rest % 128) | 128;
  buffer[at++] = rest;
  return at;
}
