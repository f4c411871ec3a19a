/** `npm run bench <name> [options]`: runs `bench/src/<name>.ts`, which exports `run(options)`. */

interface Bench {
  /** Prints its figures and ends with a check; false if that found anything. */
  run(options: readonly string[]): Promise<boolean>;
}

const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  append: () => import('./append.ts'),
  compare: () => import('./compare.ts'),
  deadlines: () => import('./deadlines.ts'),
  decide: () => import('./decide.ts'),
  faults: () => import('./faults.ts'),
  flow: () => import('./flow.ts'),
  'log-size': () => import('./log-size.ts'),
  overload: () => import('./overload.ts'),
  replay: () => import('./replay.ts'),
  route: () => import('./route.ts'),
  simulate: () => import('./simulate.ts'),
  soak: () => import('./soak.ts'),
  start: () => import('./start.ts'),
};

const [name = '', ...options] = process.argv.slice(2);
const load = benches[name];
if (load === undefined) {
  console.error(`which measurement? npm run bench ${Object.keys(benches).join(' | ')}`);
  process.exitCode = 2;
} else {
  const bench = await load();
  process.exitCode = (await bench.run(options)) ? 0 : 1;
}
