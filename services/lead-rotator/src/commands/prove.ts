import { NotProvable, proveEvent } from '@lead-rotator/event-log';
import type { Command } from 'commander';
import { withOperatorTools } from '../open-for-operator.ts';
import { parseHash } from './parse-hash.ts';
import { wholeNumber } from './whole-number.ts';

interface ProveOptions {
  readonly anchor?: string;
}

export function addProve(program: Command): void {
  program
    .command('prove')
    .description('print a proof that an event is in the log, for who has no access to it: `verify FILE` checks it')
    .argument('<position>', 'of the event, as `log` and `explain` show it', wholeNumber)
    .option('--anchor <hash>', 'up to this head, which was kept elsewhere, in place of the newest one', parseHash)
    .action(prove);
}

async function prove(position: number, { anchor }: ProveOptions): Promise<void> {
  try {
    const proof = await withOperatorTools('prove', ({ pool }) => proveEvent(pool, position, anchor));
    console.log(JSON.stringify(proof));
  } catch (error) {
    if (!(error instanceof NotProvable)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
