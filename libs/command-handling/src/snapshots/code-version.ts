import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** All that a state is made by. */
const packages = ['@lead-rotator/event-sourcing', '@lead-rotator/lead-events', '@lead-rotator/rotation'];

let known: Promise<string> | undefined;

/**
 * Stands for the code that makes and reads a state: SHA-256 over every file of the libraries, and the version of Node.
 * A number kept by hand would be forgotten once, and a state of other rules trusted.
 */
export function codeVersion(): Promise<string> {
  known ??= hashFiles();
  return known;
}

async function hashFiles(): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const name of packages) {
    const folder = new URL('.', import.meta.resolve(name));
    const files = await readdir(fileURLToPath(folder), { recursive: true });
    for (const file of files.filter((one) => /(?<!\.d)(?<!\.spec)\.[jt]s$/.test(one)).sort()) {
      hash.update(`${name}/${file}\0`).update(await readFile(new URL(file, folder)));
    }
  }
  return hash.digest('hex');
}
