import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { murmur2 } from './murmur2.ts';

const byKafkajs = createRequire(import.meta.url)('kafkajs/src/producer/partitioners/default/murmur2') as typeof murmur2;

describe('the hash of a key', () => {
  it('is that of Java for known keys', () => {
    // From the tests of Kafka's own Utils.
    const known = { '21': -973932308, foobar: -790332482, 'a-little-bit-long-string': -985981536 };
    for (const [key, hash] of Object.entries(known)) expect(murmur2(key)).toBe(hash);
  });

  it('is that of kafkajs for every key', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (key) => murmur2(key) === byKafkajs(key)));
    fc.assert(fc.property(fc.uint8Array(), (bytes) => murmur2(Buffer.from(bytes)) === byKafkajs(Buffer.from(bytes))));
  });
});
