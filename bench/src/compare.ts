import { parseArgs } from 'node:util';
import { type Comparison, printComparison } from './compare/comparison.ts';
import { compareDeadlines } from './compare/deadlines/compare-deadlines.ts';
import { compareLogs } from './compare/log/compare-logs.ts';
import { compareRouting } from './compare/routing/compare-routing.ts';

/**
 * The product beside what one would use in its place, both in one run on this machine. `--what pair`, `log` or
 * `deadlines`; all of them without it. False if anything is wrong with what the product did.
 */
export async function run(options: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...options],
    options: {
      what: { type: 'string' },
      runs: { type: 'string', default: '3' },
      deadlines: { type: 'string', default: '20000' },
      'looks-first': { type: 'boolean', default: false },
      'at-once': { type: 'string', default: '1' },
    },
  });
  const runs = Number(values.runs);
  const variant = { looksFirst: values['looks-first'], partitionsAtOnce: Number(values['at-once']) };
  const comparisons: Readonly<Record<string, () => Promise<Comparison>>> = {
    pair: () => compareRouting({ runs, killLeads: 5_000, poisonLeads: 1_000 }, variant),
    log: () => compareLogs({ runs }),
    deadlines: () => compareDeadlines(Number(values.deadlines)),
  };
  const wanted = values.what === undefined ? Object.keys(comparisons) : [values.what];
  let isSound = true;
  for (const what of wanted) {
    const compare = comparisons[what];
    if (compare === undefined) throw new Error(`--what is one of ${Object.keys(comparisons).join(', ')}`);
    const comparison = await compare();
    printComparison(comparison);
    for (const fault of comparison.faults) console.log(`FAULT: ${fault}`);
    isSound &&= comparison.faults.length === 0;
  }
  return isSound;
}
