import type { EventLog } from '@lead-rotator/event-log';
import { fairnessText, reportFairness } from '@lead-rotator/replay';
import { type Command, Option } from 'commander';
import { positionAfter } from '../log-printer/bound.ts';
import { withOperatorTools } from '../open-for-operator.ts';
import { parseTime, requirePeriod } from '../parse-time.ts';
import { eventsInClear, recallFrom } from '../replay/read-for-replay.ts';
import { requireRotation } from '../replay/require-rotation.ts';

interface FairnessOptions {
  readonly from: number;
  readonly to: number;
  readonly rotation?: string;
  readonly json?: true;
}

export function addReport(program: Command): void {
  const command = program.command('report').description('what the log says of a period');
  command
    .command('fairness')
    .description('hold the turns of each rotation against what its strategy promises; exits with 1 if that was broken')
    .addOption(new Option('--from <time>', 'where the period begins').argParser(parseTime).makeOptionMandatory())
    .addOption(new Option('--to <time>', 'where it ends').argParser(parseTime).makeOptionMandatory())
    .option('--rotation <id>', 'only this rotation')
    .option('--json', 'print one JSON document')
    .action(report);
}

async function report(options: FairnessOptions): Promise<void> {
  requirePeriod(options);
  await withOperatorTools('report', ({ log }) => print(log, options));
}

async function print(log: EventLog, { from, to, rotation, json }: FairnessOptions): Promise<void> {
  await requireRotation(log, rotation);
  const until = Math.min(await positionAfter(log, to), await log.head());
  const all = await reportFairness(eventsInClear(log, { until }), { from, to, recall: recallFrom(log) });
  const rotations = all.filter(({ rotationId }) => rotation === undefined || rotationId === rotation);
  if (json) console.log(JSON.stringify({ rotations }));
  else console.log(rotations.length === 0 ? 'no turns in this period' : rotations.map(fairnessText).join('\n\n'));
  if (rotations.some(({ broken }) => broken > 0)) process.exitCode = 1;
}
