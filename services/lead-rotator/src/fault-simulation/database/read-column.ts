/** What `columnArray` has written. */
export function readColumn(array: Buffer): (string | number | boolean | null)[] {
  const type = array.readInt32BE(8);
  const values: (string | number | boolean | null)[] = [];
  for (let offset = 20; offset < array.length; ) {
    const length = array.readInt32BE(offset);
    offset += 4;
    values.push(length === -1 ? null : readElement(array.subarray(offset, offset + length), type));
    offset += Math.max(length, 0);
  }
  return values;
}

function readElement(bytes: Buffer, type: number): string | number | boolean {
  if (type === 20) return Number(bytes.readBigInt64BE());
  return type === 16 ? bytes[0] === 1 : bytes.toString('utf8');
}
