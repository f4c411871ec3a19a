import { execFileSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Whom the server runs as: PostgreSQL refuses to run as root. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

/** The account for a process of this user: none is needed for an ordinary one, root gets `postgres`, else `nobody`. */
export function serverAccount(): ServerAccount | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: numericId('-u', name), gid: numericId('-g', name) };
    } catch {
      // No such user here.
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody to run it as');
}

/**
 * The command that runs a program as the account. Below a folder that is closed to it (a clone in root's home), the
 * program keeps root's right to pass closed folders, and no other right of root's.
 */
export function commandAs(
  account: ServerAccount | undefined,
  command: readonly string[],
  paths: readonly string[],
): { command: readonly string[]; uid?: number; gid?: number } {
  if (account === undefined) return { command };
  if (paths.every((path) => isReachable(path, account))) return { command, ...account };
  const rights = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  const ids = [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
  try {
    accessSync('/usr/bin/setpriv', constants.X_OK);
  } catch {
    throw new Error(`${paths.join(', ')}: closed to the user PostgreSQL runs as; choose a folder outside root's home`);
  }
  return { command: ['/usr/bin/setpriv', ...ids, ...rights, ...command] };
}

function isReachable(path: string, account: ServerAccount): boolean {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function numericId(option: '-u' | '-g', name: string): number {
  return Number.parseInt(
    execFileSync('id', [option, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    10,
  );
}
