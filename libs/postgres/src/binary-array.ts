/** One-dimensional arrays in PostgreSQL's binary format: several times cheaper on both sides than the text format. */

const headerBytes = 20;

/** Elements of a fixed size, written by `write(buffer, offset, element)`. */
function fixedArray<Element>(
  elementType: number,
  size: number,
  elements: readonly Element[],
  write: (buffer: Buffer, offset: number, element: Element) => void,
): Buffer {
  const buffer = Buffer.allocUnsafe(headerBytes + elements.length * (4 + size));
  let offset = writeHeader(buffer, elementType, elements.length);
  for (const element of elements) {
    buffer.writeInt32BE(size, offset);
    write(buffer, offset + 4, element);
    offset += 4 + size;
  }
  return elements.length === 0 ? buffer.subarray(0, 12) : buffer;
}

export function int4Array(elements: readonly number[]): Buffer {
  return fixedArray(23, 4, elements, (buffer, offset, element) => buffer.writeInt32BE(element, offset));
}

/** Of safe integers. */
export function int8Array(elements: readonly number[]): Buffer {
  return fixedArray(20, 8, elements, writeInt8);
}

function writeInt8(buffer: Buffer, offset: number, element: number): void {
  buffer.writeInt32BE(Math.floor(element / 0x1_0000_0000), offset);
  buffer.writeUInt32BE(element >>> 0, offset + 4);
}

/** Of eight bytes each, given as characters of one byte. */
export function int8ArrayOfBytes(elements: readonly string[]): Buffer {
  return fixedArray(20, 8, elements, (buffer, offset, element) => buffer.write(element, offset, 'latin1'));
}

/** Of sixteen bytes each, given as characters of one byte. */
export function uuidArray(elements: readonly string[]): Buffer {
  return fixedArray(2950, 16, elements, (buffer, offset, element) => buffer.write(element, offset, 'latin1'));
}

/** Of texts that are UTF-8 already. */
export function textArray(elements: readonly Buffer[]): Buffer {
  return variableArray(25, elements);
}

export function byteaArray(elements: readonly Buffer[]): Buffer {
  return variableArray(17, elements);
}

function variableArray(elementType: number, elements: readonly Buffer[]): Buffer {
  let size = headerBytes;
  for (const element of elements) size += 4 + element.length;
  const buffer = Buffer.allocUnsafe(size);
  let offset = writeHeader(buffer, elementType, elements.length);
  for (const element of elements) {
    buffer.writeInt32BE(element.length, offset);
    element.copy(buffer, offset + 4);
    offset += 4 + element.length;
  }
  return elements.length === 0 ? buffer.subarray(0, 12) : buffer;
}

/** What a column holds; null and undefined: nothing. */
export type ColumnValue = string | number | boolean | null | undefined;

const elementTypes = { string: 25, number: 20, boolean: 16 } as const;

/**
 * A parameter for a column of rows: texts as `text[]`, safe integers as `bigint[]`, truth values as `boolean[]`, which
 * is what the statement has to say of it. One in which nothing stands fits any of them.
 */
export function columnArray(values: readonly ColumnValue[]): Buffer | readonly null[] {
  const first = values.find((value) => value != null);
  if (first == null) return values.map(() => null);
  let size = headerBytes;
  for (const value of values) size += 4 + (typeof value === 'string' ? 3 * value.length : 8);
  const buffer = Buffer.allocUnsafe(size);
  let offset = writeHeader(buffer, elementTypes[typeof first as keyof typeof elementTypes], values.length);
  for (const value of values) {
    const length = value == null ? -1 : writeElement(buffer, offset + 4, value);
    if (length === -1) buffer.writeInt32BE(1, 4);
    buffer.writeInt32BE(length, offset);
    offset += 4 + Math.max(length, 0);
  }
  return buffer.subarray(0, offset);
}

/** How many bytes it takes. */
function writeElement(buffer: Buffer, offset: number, value: string | number | boolean): number {
  if (typeof value === 'string') return buffer.write(value, offset, 'utf8');
  if (typeof value === 'boolean') {
    buffer.writeInt8(value ? 1 : 0, offset);
    return 1;
  }
  writeInt8(buffer, offset, value);
  return 8;
}

function writeHeader(buffer: Buffer, elementType: number, length: number): number {
  buffer.writeInt32BE(length === 0 ? 0 : 1, 0);
  buffer.writeInt32BE(0, 4);
  buffer.writeInt32BE(elementType, 8);
  buffer.writeInt32BE(length, 12);
  buffer.writeInt32BE(1, 16);
  return headerBytes;
}
