import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { runScenario } from './run-scenario.ts';

const folder = new URL('../scenarios/', import.meta.url);

describe('the scenario file', () => {
  it.each(readdirSync(folder).map((file) => [file]))('%s comes out as expected', (file) => {
    expect(runScenario(readFileSync(new URL(file, folder), 'utf8')).differences).toEqual([]);
  });
});
