/** Bits in all: with ten million texts, one in 250 that is new is taken for one that was seen; in 16 MB. */
const bits = 2 ** 27;
const probes = 4;

/** Texts that were seen, in bounded memory: what it has seen it always knows, and now and then it takes a new one for known. */
export class Seen {
  #words: Uint32Array | undefined;

  add(text: string): void {
    this.#words ??= new Uint32Array(bits / 32);
    for (const bit of bitsOf(text)) {
      const word = bit >>> 5;
      this.#words[word] = (this.#words[word] as number) | (1 << (bit & 31));
    }
  }

  has(text: string): boolean {
    const words = this.#words;
    if (words === undefined) return false;
    return bitsOf(text).every((bit) => ((words[bit >>> 5] as number) & (1 << (bit & 31))) !== 0);
  }
}

/** Two hashes (FNV-1a from two beginnings) stand for as many as are wanted: Kirsch and Mitzenmacher, 2006. */
function bitsOf(text: string): number[] {
  let one = 0x811c9dc5;
  let other = 0x9747b28c;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other ^ code, 0x85ebca6b);
  }
  return Array.from({ length: probes }, (_, probe) => ((one + Math.imul(probe, other | 1)) >>> 0) % bits);
}
