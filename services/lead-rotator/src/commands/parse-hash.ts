import { InvalidArgumentError } from 'commander';

/** The hash of a head, as 64 hexadecimal digits. A slip must not look as if the log had been tampered with. */
export function parseHash(text: string): string {
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new InvalidArgumentError('not a hash of 64 hexadecimal digits');
  return text.toLowerCase();
}
