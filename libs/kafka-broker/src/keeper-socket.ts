import { createHash } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Where the keeper of the shared broker is found: one for each user and checkout. */
export function keeperSocket(): string {
  const owner = `${userInfo().uid}:${import.meta.dirname}`;
  const name = createHash('sha256').update(owner).digest('hex').slice(0, 12);
  return join(tmpdir(), `lead-rotator-kafka-${name}.sock`);
}
