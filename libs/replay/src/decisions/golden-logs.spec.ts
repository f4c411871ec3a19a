import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { deciderVersion } from '@lead-rotator/claim';
import { readEvent } from '@lead-rotator/lead-events';
import type { DecisionDifference } from './judge-decision.ts';
import { replayDecisions } from './replay.ts';

const folder = new URL('../../golden/', import.meta.url);

async function* eventsOf(file: string) {
  const lines = readFileSync(new URL(file, folder), 'utf8').trim().split('\n');
  yield lines.map((line) => readEvent(JSON.parse(line)));
}

/* A log that was decided by each version of the deciders: what differs here needs a new version, and the old deciders kept. */
describe('the golden logs', () => {
  it('there is one of every version of the deciders', () => {
    const versions = Array.from({ length: deciderVersion }, (_, index) => `decider-${index + 1}.ndjson`);
    expect(readdirSync(folder)).toEqual(versions);
  });

  it.each(readdirSync(folder))('%s comes out as it was recorded', async (file) => {
    const differences: DecisionDifference[] = [];
    const report = await replayDecisions(eventsOf(file), { report: (difference) => differences.push(difference) });
    expect(differences).toEqual([]);
    expect(report).toMatchObject({ different: 0, unjudged: 0 });
    expect(report.decisions).toBeGreaterThan(400);
  });
});
