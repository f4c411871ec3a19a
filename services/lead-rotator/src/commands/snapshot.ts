import { isDeepStrictEqual } from 'node:util';
import { distributionProjection, distributionSnapshots, PostgresSnapshots } from '@lead-rotator/command-handling';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import { snapshotOf } from '@lead-rotator/rotation';
import type { Command } from 'commander';
import { type OperatorTools, withOperatorTools } from '../open-for-operator.ts';
import { progressLine } from '../progress-line.ts';

export function addSnapshot(program: Command): void {
  const snapshot = program
    .command('snapshot')
    .description('the state that services begin with, in place of the whole log');
  snapshot
    .command('take')
    .description('keep one of the log as it stands now; the router does so by itself, once in 250,000 events')
    .action(() => withOperatorTools('snapshot take', take));
  snapshot
    .command('verify')
    .description('replay the log up to the snapshot and compare; exits with 1 if they differ')
    .action(() => withOperatorTools('snapshot verify', verify));
}

async function take({ log, pool }: OperatorTools): Promise<void> {
  const projection = distributionProjection(log, new PostgresSnapshots(pool, distributionSnapshots));
  const position = await projection.catchUp();
  const kept = await projection.keepSnapshot(1);
  console.log(kept ? `a snapshot is kept, at position ${position}` : `there is one already, at position ${position}`);
}

async function verify({ log, pool }: OperatorTools): Promise<void> {
  const kept = await new PostgresSnapshots(pool, distributionSnapshots).load(await log.id());
  if (kept === undefined) {
    console.log('there is no snapshot that services would trust: none of this version, or the log is another');
    return;
  }
  const { position, newestAt, states } = kept;
  const replayed = distributionProjection(log);
  const progress = progressLine();
  await replayed.replayTo(position, (done) => progress({ part: 'replay', done, of: position }));
  const ids = new Set<OrganizationId>([...states.keys(), ...replayed.organizations()]);
  const different = [...ids].filter((id) => !isDeepStrictEqual(states.get(id), snapshotOf(replayed.stateOf(id))));
  if (replayed.newestAt !== newestAt) different.push(...[...ids].filter((id) => !different.includes(id)));
  for (const id of different) console.log(`FAULT: the state of organization ${id} is not what a replay gives`);
  const verdict = different.length === 0 ? 'equal to a replay from the beginning' : 'NOT what a replay gives';
  console.log(`snapshot at position ${position}, ${states.size} organizations: ${verdict}`);
  if (different.length > 0) process.exitCode = 1;
}
