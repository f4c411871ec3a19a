import { rebuildTables } from '@lead-rotator/read-models';
import type { Command } from 'commander';
import { type OperatorTools, withOperatorTools } from '../open-for-operator.ts';
import { progressLine } from '../progress-line.ts';
import { tablesFromLog } from '../tables-from-log.ts';

export function addRebuild(program: Command): void {
  program
    .command('rebuild')
    .description('make the tables anew from the log, compare, and mend what is different; the services go on meanwhile')
    .option('--json', 'print one JSON document')
    .action(({ json }: { readonly json?: true }) => withOperatorTools('rebuild', (tools) => rebuild(tools, json)));
}

async function rebuild({ log, pool }: OperatorTools, json: true | undefined): Promise<void> {
  const progress = progressLine();
  const all: Record<string, object> = {};
  for (const made of tablesFromLog(log)) {
    const { name } = made.projection;
    const rebuilt = await rebuildTables(pool, log, made, (done, of) => progress({ part: name, done, of }));
    all[name] = rebuilt;
    if (json) continue;
    console.log(`${name}: ${rebuilt.rows} rows, ${rebuilt.different.length} mended, at position ${rebuilt.position}`);
    for (const { row, how } of rebuilt.different) console.log(`  ${row}: was ${how}`);
  }
  if (json) console.log(JSON.stringify(all));
}
