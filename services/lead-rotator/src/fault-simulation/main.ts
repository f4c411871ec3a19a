import { parseArgs } from 'node:util';
import { simulateSeed } from './simulate-seed.ts';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '1000' }, seed: { type: 'string' } },
});
const seeds =
  values.seed !== undefined && process.argv.every((arg) => !arg.startsWith('--seeds')) ? 1 : Number(values.seeds);
const first = Number(values.seed ?? 1);
if (!(seeds >= 1) || !Number.isInteger(first)) throw new Error('--seeds is 1 or more, --seed a whole number');

const begun = performance.now();
let failed = 0;
let events = 0;
for (let seed = first; seed < first + seeds; seed += 1) {
  const result = await simulateSeed(seed);
  events += result.events;
  if (result.wrong.length > 0) {
    failed += 1;
    console.log(`seed ${seed}:\n  ${result.wrong.slice(0, 20).join('\n  ')}`);
  }
}
const took = (performance.now() - begun) / 1_000;
console.log(`${seeds} seeds from ${first}, ${events} events in ${took.toFixed(1)} s; failed: ${failed}`);
process.exitCode = failed === 0 ? 0 : 1;
