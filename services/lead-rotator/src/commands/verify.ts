import { verifyLog } from '@lead-rotator/event-log';
import type { Command } from 'commander';
import { withOperatorTools } from '../open-for-operator.ts';
import { progressLine } from '../progress-line.ts';

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('compute the hash chain of the log again; exits with 1 if anything was changed since it was written')
    .option('--json', 'print one JSON document')
    .action(verify);
}

async function verify({ json }: { readonly json?: true }): Promise<void> {
  const progress = progressLine();
  const found = await withOperatorTools('verify', ({ pool }) =>
    verifyLog(pool, { onProgress: (done, of) => progress({ part: 'hash chain', done, of }) }),
  );
  const { events, batches, headHash, faults, faultCount } = found;
  if (json) console.log(JSON.stringify(found));
  else {
    for (const { first, last, what } of faults) console.log(`FAULT at ${first}–${last}: ${what}`);
    if (faultCount > faults.length) console.log(`and ${faultCount - faults.length} more`);
    console.log(`${events} events in ${batches} batches, head ${headHash ?? '(empty log)'}: ${verdict(faultCount)}`);
  }
  if (faultCount > 0) process.exitCode = 1;
}

const verdict = (faults: number): string => (faults === 0 ? 'unchanged' : `${faults} faults`);
