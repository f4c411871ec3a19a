import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { FileDigest } from './export-format.ts';

/** The lines of a file, one by one, without their ends; then it knows the digest of all of it. */
export class FileLines {
  readonly #path: string;
  readonly #hash = createHash('sha256');
  #bytes = 0;

  constructor(path: string) {
    this.#path = path;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    const decoder = new StringDecoder('utf8');
    let rest = '';
    for await (const chunk of createReadStream(this.#path) as AsyncIterable<Buffer>) {
      this.#hash.update(chunk);
      this.#bytes += chunk.length;
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    rest += decoder.end();
    if (rest !== '') yield rest;
  }

  /** To be asked once, when all lines were read, or none: then it reads them. */
  async digest(): Promise<FileDigest> {
    if (this.#bytes === 0) for await (const _ of this);
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }
}
