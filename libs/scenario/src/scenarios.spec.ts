import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { runScenario } from './run-scenario.ts';

/* `scenarios` are the rules as they were agreed; `examples` show one rule each. */
const files = ['../scenarios/', '../examples/'].flatMap((folder) =>
  readdirSync(new URL(folder, import.meta.url)).map((file) => [folder + file]),
);

describe('the scenario file', () => {
  it.each(files)('%s comes out as expected', (file) => {
    expect(runScenario(readFileSync(new URL(file, import.meta.url), 'utf8')).differences).toEqual([]);
  });
});
