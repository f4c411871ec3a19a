import { parseArgs } from 'node:util';
import { eventLine } from '../log-printer/event-line.ts';
import { type SeedResult, simulateSeed } from './simulate-seed.ts';
import type { World } from './world.ts';

/**
 * `npm run simulate-faults -- [--seeds 1000] [--seed 1]`: so many seeds from the first on, each that fails with what is
 * wrong. `--seed` alone tells that one: what befell whom, and the log that came of it.
 */
const { values } = parseArgs({ options: { seeds: { type: 'string' }, seed: { type: 'string' } } });
const first = Number(values.seed ?? 1);
const isTold = values.seed !== undefined && values.seeds === undefined;
const seeds = isTold ? 1 : Number(values.seeds ?? 1_000);
if (!Number.isInteger(first) || !Number.isInteger(seeds) || seeds < 1) {
  throw new Error('--seeds and --seed are whole numbers, --seeds 1 or more');
}

const listed = 20;
const begun = performance.now();
let failed = 0;
let events = 0;
const unhandled: string[] = [];
process.on('unhandledRejection', (error) => {
  unhandled.push(`a process would have ended: ${error instanceof Error ? error.stack : error}`);
});
for (let seed = first; seed < first + seeds; seed += 1) {
  const result = await (isTold ? tellSeed(seed) : simulateSeed(seed));
  events += result.events;
  const wrong = [...unhandled.splice(0), ...result.wrong];
  if (wrong.length === 0) continue;
  failed += 1;
  console.log([`seed ${seed} fails:`, ...wrong.slice(0, listed)].join('\n  '));
}
const seconds = (performance.now() - begun) / 1_000;
console.log(`${seeds} seeds from ${first} on, ${events} events, ${seconds.toFixed(1)} s; failed: ${failed}`);
if (failed > 0) process.exitCode = 1;

async function tellSeed(seed: number): Promise<SeedResult> {
  let log: World['log'] | undefined;
  const result = await simulateSeed(seed, (world) => {
    log = world.log;
    world.onFault = (at, what) => console.log(`${new Date(at).toISOString()}  ${what}`);
  });
  const page = await log?.read({ limit: 100_000 });
  for (const event of page?.events ?? []) console.log(eventLine(event));
  return result;
}
