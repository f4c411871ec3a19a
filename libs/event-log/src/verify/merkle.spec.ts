import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { merklePath, merkleRoot, rootOnPath } from './merkle.ts';

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

describe('the path of a leaf', () => {
  const sized = fc.integer({ min: 1, max: 70 }).chain((size) => fc.tuple(fc.constant(size), fc.nat({ max: size - 1 })));
  const leavesOf = (size: number) => Array.from({ length: size }, (_, n) => sha256(Buffer.of(0, n)));

  it('leads to the root, by no more steps than the tree is high', () => {
    fc.assert(
      fc.property(sized, ([size, index]) => {
        const leaves = leavesOf(size);
        const path = merklePath(leaves, index);
        expect(rootOnPath(leaves[index] as Buffer, path)).toEqual(merkleRoot(leaves));
        expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
      }),
    );
  });

  it('leads nowhere from another leaf', () => {
    fc.assert(
      fc.property(sized, ([size, index]) => {
        const leaves = leavesOf(size);
        expect(rootOnPath(sha256(Buffer.of(9)), merklePath(leaves, index))).not.toEqual(merkleRoot(leaves));
      }),
    );
  });
});
