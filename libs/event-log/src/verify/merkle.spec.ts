import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { merkleRoot } from './merkle.ts';

const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** RFC 6962, section 2.1, to the letter: split at the largest power of two below the number of leaves. */
function rootByTheBook(leaves: readonly Buffer[]): Buffer {
  const [leaf] = leaves;
  if (leaves.length === 1 && leaf !== undefined) return leaf;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Buffer.of(1), rootByTheBook(leaves.slice(0, split)), rootByTheBook(leaves.slice(split)));
}

describe('the Merkle root', () => {
  it('of one leaf is the leaf', () => {
    const leaf = sha256(Buffer.of(0));
    expect(merkleRoot([leaf])).toEqual(leaf);
  });

  it('is the one of RFC 6962 for any number of leaves', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), (size) => {
        const leaves = Array.from({ length: size }, (_, n) => sha256(Buffer.of(0, n)));
        expect(merkleRoot(leaves)).toEqual(rootByTheBook(leaves));
      }),
    );
  });
});
