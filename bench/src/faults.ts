import { parseArgs } from 'node:util';
import { runFaults } from '@lead-rotator/test-cluster';

/**
 * `npm run faults -- [--minutes 10] [--seed 7]`: faults for so long, then what the check and a count find. The same
 * seed draws the same faults; without one it is taken from the clock and printed.
 */
export async function run(options: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...options],
    options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } },
  });
  const minutes = Number(values.minutes);
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  if (!(minutes > 0) || !Number.isInteger(seed)) throw new Error('--minutes is above 0, --seed a whole number');

  const { check, count, ...did } = await runFaults({ seed, milliseconds: minutes * 60_000, print: console.log });
  console.log(check.output.trimEnd());
  for (const line of count.slice(0, 100)) console.log(`COUNT: ${line}`);
  console.log(`${did.faults} faults, ${did.leads} leads, ${did.acts} acts; wrong by the count: ${count.length}`);
  return check.exitCode === 0 && count.length === 0;
}
