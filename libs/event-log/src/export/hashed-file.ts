import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { FileDigest } from './export-format.ts';

/** A new file, and the digest of what was written to it. */
export class HashedFile {
  readonly #stream: WriteStream;
  readonly #hash = createHash('sha256');
  #bytes = 0;

  /** @throws when it is there already, at the first `write`. */
  constructor(path: string) {
    this.#stream = createWriteStream(path, { flags: 'wx' });
    // Told by `write` or `close`, whichever comes next.
    this.#stream.on('error', () => {});
  }

  async write(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    if (this.#stream.errored !== null) throw this.#stream.errored;
    if (!this.#stream.write(bytes)) await once(this.#stream, 'drain');
  }

  async close(): Promise<FileDigest> {
    this.#stream.end();
    await finished(this.#stream);
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }
}
