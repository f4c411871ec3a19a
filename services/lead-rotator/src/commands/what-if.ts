import { readFile } from 'node:fs/promises';
import type { EventLog } from '@lead-rotator/event-log';
import { defaultOrganization, type OrganizationId } from '@lead-rotator/event-sourcing';
import { type Change, parseChange, ScenarioFault, whatIf, whatIfText } from '@lead-rotator/scenario';
import { type Command, Option } from 'commander';
import { positionAfter, positionBefore } from '../log-printer/bound.ts';
import { withOperatorTools } from '../open-for-operator.ts';
import { parseTime, requirePeriod } from '../parse-time.ts';
import { eventsInClear } from '../replay/read-for-replay.ts';

interface WhatIfOptions {
  readonly from: number;
  readonly to: number;
  readonly organization: string;
  readonly json?: true;
}

/** As with `simulate`: the file cannot be understood. */
const notUnderstood = 2;

export function addWhatIf(program: Command): void {
  program
    .command('what-if')
    .description('let the leads and acts of a period happen again under another strategy, caps, rules or claim window')
    .argument('<file>', 'what would be otherwise, as YAML (what-if files reference)')
    .addOption(new Option('--from <time>', 'where the period begins').argParser(parseTime).makeOptionMandatory())
    .addOption(new Option('--to <time>', 'where it ends').argParser(parseTime).makeOptionMandatory())
    .option('--organization <id>', 'whose leads', defaultOrganization)
    .option('--json', 'print one JSON document')
    .action(compare);
}

async function compare(file: string, options: WhatIfOptions): Promise<void> {
  requirePeriod(options);
  try {
    const change = parseChange(await readFile(file, 'utf8'));
    await withOperatorTools('what-if', ({ log }) => print(log, change, options));
  } catch (error) {
    const isFile = error instanceof Error && 'syscall' in error && 'path' in error;
    if (!(error instanceof ScenarioFault) && !isFile) throw error;
    console.error(`${file}: ${error.message}`);
    process.exitCode = notUnderstood;
  }
}

async function print(log: EventLog, change: Change, { from, to, organization, json }: WhatIfOptions): Promise<void> {
  const organizationId = organization as OrganizationId;
  const until = Math.min(await positionAfter(log, to), await log.head());
  const begin = await positionBefore(log, from);
  const read = (part: 'period' | 'all') =>
    eventsInClear(log, { organizationId, until, after: part === 'all' ? 0 : begin });
  const result = await whatIf(read, change, { from, to });
  console.log(json ? JSON.stringify(result) : whatIfText(result));
}
