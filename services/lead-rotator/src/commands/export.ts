import { exportLog } from '@lead-rotator/event-log';
import { type Command, Option } from 'commander';
import { type Bound, parseBound, rangeBetween } from '../log-printer/bound.ts';
import { type OperatorTools, withOperatorTools } from '../open-for-operator.ts';
import { progressLine } from '../progress-line.ts';

interface ExportOptions {
  readonly from?: Bound;
  readonly to?: Bound;
  readonly out: string;
  readonly json?: true;
}

export function addExport(program: Command): void {
  program
    .command('export')
    .description('write a part of the log to files that an auditor can verify without the database')
    .addOption(new Option('--from <time or position>', 'from there on, default the beginning').argParser(parseBound))
    .addOption(new Option('--to <time or position>', 'up to there, default the newest').argParser(parseBound))
    .requiredOption('--out <directory>', 'where to; it is made')
    .option('--json', 'print the manifest')
    .action((options: ExportOptions) => withOperatorTools('export', (tools) => run(tools, options)));
}

async function run({ log, pool }: OperatorTools, options: ExportOptions): Promise<void> {
  const progress = progressLine();
  const manifest = await exportLog(pool, {
    directory: options.out,
    ...(await rangeBetween(log, options)),
    exportedAt: new Date(),
    onProgress: (done, of) => progress({ part: 'export', done, of }),
  });
  const { events, from, to, headHash } = manifest;
  if (options.json) console.log(JSON.stringify(manifest));
  else console.log(`${events} events, ${from} to ${to}, in ${options.out}; hash of the last batch: ${headHash}`);
}
