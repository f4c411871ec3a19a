import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitByBytes } from './split-by-bytes.ts';

const messages = fc.array(
  fc.record({
    key: fc.constant(null),
    value: fc.nat(2_000).map((size) => Buffer.alloc(size)),
    headers: fc.constant({ ce_id: '1' }),
  }),
);

describe('messages in parts', () => {
  it('keep their order, and no part is larger than the limit unless it is one message', () => {
    fc.assert(
      fc.property(messages, (all) => {
        const parts = splitByBytes(all, 1_000);
        expect(parts.flatMap((part) => part.messages)).toEqual(all);
        for (const part of parts) expect(part.bytes <= 1_000 || part.messages.length === 1).toBe(true);
      }),
    );
  });

  it('are as few as fit', () => {
    const hundred = Array.from({ length: 100 }, () => ({ key: null, value: Buffer.alloc(76), headers: {} }));
    expect(splitByBytes(hundred, 1_000).map((part) => part.messages.length)).toEqual(Array(10).fill(10));
  });
});
