import { hash } from 'node:crypto';

/** What of an event is hashed: everything that the log stores of it. */
export interface HashedEvent {
  readonly position: number;
  readonly at: number;
  readonly version: number;
  readonly organization: string;
  readonly type: string;
  /** The hashes of the tags, 8 bytes each, ascending. */
  readonly tags: Buffer;
  readonly payload: string;
}

/**
 * The leaf of an event: SHA-256 of a zero byte, position and time (8 bytes each), organization, type, version (4 bytes),
 * tags and payload; integers big-endian, texts and tags with their length in 4 bytes before them. As `append_units` makes it.
 */
export function leafHash({ position, at, version, organization, type, tags, payload }: HashedEvent): Buffer {
  const texts = [organization, type, payload].map((text) => Buffer.byteLength(text));
  const bytes = Buffer.allocUnsafe(37 + tags.length + texts.reduce((sum, length) => sum + length, 0));
  let offset = bytes.writeUInt8(0, 0);
  offset = bytes.writeBigInt64BE(BigInt(position), offset);
  offset = bytes.writeBigInt64BE(BigInt(at), offset);
  offset = writeText(bytes, offset, organization, texts[0]);
  offset = writeText(bytes, offset, type, texts[1]);
  offset = bytes.writeInt32BE(version, offset);
  offset = bytes.writeInt32BE(tags.length, offset);
  offset += tags.copy(bytes, offset);
  writeText(bytes, offset, payload, texts[2]);
  return hash('sha256', bytes, 'buffer');
}

function writeText(bytes: Buffer, offset: number, text: string, length = 0): number {
  const start = bytes.writeInt32BE(length, offset);
  return start + bytes.write(text, start);
}

/**
 * The root of RFC 6962 over hashed leaves, level by level: a last one without a partner goes up as it is, which gives
 * the same tree as the RFC's split at the largest power of two.
 */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  let level = leaves;
  while (level.length > 1) level = nextLevel(level);
  return level[0] ?? hash('sha256', '', 'buffer');
}

/** A neighbour on the way from a leaf to the root: on which side of what has been hashed so far it stands. */
export interface PathStep {
  readonly side: 'left' | 'right';
  readonly hash: Buffer;
}

/** The audit path of RFC 6962 for the leaf of that index, from the leaf up: `rootOnPath` leads along it to `merkleRoot`. */
export function merklePath(leaves: readonly Buffer[], index: number): PathStep[] {
  const path: PathStep[] = [];
  let level = leaves;
  for (let place = index; level.length > 1; place >>= 1) {
    const neighbour = level[place ^ 1];
    if (neighbour !== undefined) path.push({ side: place % 2 === 0 ? 'right' : 'left', hash: neighbour });
    level = nextLevel(level);
  }
  return path;
}

/** The root that a leaf belongs to, if the path is the leaf's. */
export function rootOnPath(leaf: Buffer, path: readonly PathStep[]): Buffer {
  return path.reduce(
    (below, { side, hash: beside }) => (side === 'left' ? parent(beside, below) : parent(below, beside)),
    leaf,
  );
}

const parent = (left: Buffer, right: Buffer): Buffer =>
  hash('sha256', Buffer.concat([Buffer.of(1), left, right]), 'buffer');

function nextLevel(level: readonly Buffer[]): Buffer[] {
  const next: Buffer[] = [];
  for (let left = 0; left < level.length; left += 2) {
    const [one, other] = [level[left] as Buffer, level[left + 1]];
    next.push(other === undefined ? one : parent(one, other));
  }
  return next;
}

export interface HashedUnit {
  /** 16 bytes. */
  readonly id: Buffer;
  readonly first: number;
  readonly last: number;
}

/** SHA-256 over id, first and last position of each unit of a batch, in their order. */
export function unitsHash(units: readonly HashedUnit[]): Buffer {
  return hash('sha256', Buffer.concat(units.flatMap(({ id, first, last }) => [id, int8(first), int8(last)])), 'buffer');
}

export interface HashedBatch {
  readonly first: number;
  readonly last: number;
  readonly at: number;
  readonly root: Buffer;
  readonly units: Buffer;
}

/** SHA-256 over the hash of the batch before (of the log's first id, for the first one) and everything in this one. */
export function batchHash(previous: Buffer, { first, last, at, root, units }: HashedBatch): Buffer {
  return hash('sha256', Buffer.concat([previous, int8(first), int8(last), int8(at), root, units]), 'buffer');
}

function int8(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}
