import type { ChainedBatch } from './batch-faults.ts';
import type { HashedEvent } from './merkle.ts';

/** An event as it was hashed, in JSON, as exports and proofs hold it: tags in hexadecimal. */
export type EventText = Omit<HashedEvent, 'tags'> & { readonly tags: string };

/** A batch likewise: hashes in hexadecimal. */
export interface BatchText {
  readonly first: number;
  readonly last: number;
  readonly at: number;
  readonly previous: string;
  readonly root: string;
  readonly unitsHash: string;
  readonly hash: string;
}

export const hex = (bytes: Buffer): string => bytes.toString('hex');
export const bytes = (text: string): Buffer => Buffer.from(text, 'hex');

export const eventText = ({ tags, ...event }: HashedEvent): EventText => ({ ...event, tags: hex(tags) });

export const eventOf = ({ tags, ...event }: EventText): HashedEvent => ({ ...event, tags: bytes(tags) });

export const batchText = ({ first, last, at, previous, root, units, hash }: ChainedBatch): BatchText => ({
  first,
  last,
  at,
  previous: hex(previous),
  root: hex(root),
  unitsHash: hex(units),
  hash: hex(hash),
});

export const batchOf = ({ first, last, at, previous, root, unitsHash, hash }: BatchText): ChainedBatch => ({
  first,
  last,
  at,
  previous: bytes(previous),
  root: bytes(root),
  units: bytes(unitsHash),
  hash: bytes(hash),
});
