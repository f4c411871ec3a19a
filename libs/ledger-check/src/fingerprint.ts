/**
 * 52 bits that stand for a text or for bytes. Fast, and good enough to tell things apart by accident (two of a million
 * are alike with a chance of 1 in 10,000); no protection against intent, for which there is the hash chain.
 * @param seed the fingerprint of what comes before
 */
export function fingerprint(content: string | Uint8Array, seed = 0): number {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ Math.floor(seed / 0x1_0000_0000);
  for (let index = 0; index < content.length; index += 1) {
    const unit = typeof content === 'string' ? content.charCodeAt(index) : (content[index] as number);
    high = Math.imul(high ^ unit, 2_654_435_761);
    low = Math.imul(low ^ unit, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return (low >>> 0) * 0x10_0000 + (high >>> 12);
}
