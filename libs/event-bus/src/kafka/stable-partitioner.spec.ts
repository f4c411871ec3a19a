import { describe, expect, it } from '@jest/globals';
import { stablePartitioner } from './stable-partitioner.ts';

const partitionMetadata = Array.from({ length: 1_000 }, (_, partitionId) => ({
  partitionErrorCode: 0,
  partitionId,
  leader: 1,
  replicas: [1],
  isr: [1],
}));

describe('the partition of a message', () => {
  /** Hashes as in `UtilsTest.testMurmur2` of Apache Kafka. */
  it.each([
    ['21', -973_932_308],
    ['foobar', -790_332_482],
    ['a-little-bit-long-string', -985_981_536],
    ['a-little-bit-longer-string', -1_486_304_829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58_897_971],
    ['abc', 479_470_107],
  ])('is where Java puts the key %s', (key, hash) => {
    const choose = stablePartitioner()();
    const message = { key, value: 'x' };
    expect(choose({ topic: 'leads', partitionMetadata, message })).toBe((hash & 0x7fffffff) % 1_000);
  });

  it('stays the same for a message without a key when it is asked for again', () => {
    const choose = stablePartitioner()();
    const messages = [1, 2, 3].map((n) => ({ value: String(n) }));
    const ask = () => messages.map((message) => choose({ topic: 'leads', partitionMetadata, message }));
    const first = ask();
    expect(new Set(first).size).toBe(3);
    expect(ask()).toEqual(first);
  });
});
