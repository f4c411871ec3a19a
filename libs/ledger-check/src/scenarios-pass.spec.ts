import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { deciderVersion } from '@lead-rotator/claim';
import type { OrganizationId, RecordedEvent } from '@lead-rotator/event-sourcing';
import { type LeadRotatorEvent, readEvent } from '@lead-rotator/lead-events';
import { type DecisionDifference, replayDecisions } from '@lead-rotator/replay';
import { runScenario } from '@lead-rotator/scenario';
import fc from 'fast-check';
import { checkLedger } from './check-ledger.ts';
import type { Fault } from './fault.ts';
import { anyScenario } from './testing/any-scenario.ts';
import { recordedLog } from './testing/recorded-log.ts';

const folder = new URL('../../scenario/scenarios/', import.meta.url);

async function faultsOf(yaml: string): Promise<readonly Fault[]> {
  const events = runScenario(yaml).events.map(record);
  const { faults } = await checkLedger({ log: recordedLog(events), settings: { now: events.at(-1)?.at ?? 0 } });
  return faults;
}

async function* inOnePage(yaml: string) {
  yield runScenario(yaml).events.map(record).map(readEvent);
}

/** As a log would have recorded it. */
const record = (event: LeadRotatorEvent, index: number): RecordedEvent => ({
  ...event,
  position: index + 1,
  version: 1,
  at: Date.parse(event.data.at),
  organizationId: 'default' as OrganizationId,
  actor: 'service:simulation',
  cause: 'request:simulation',
  decider: deciderVersion,
});

describe('what the deciders have decided', () => {
  it.each(readdirSync(folder).map((file) => [file]))('passes the check, in %s', async (file) => {
    expect(await faultsOf(readFileSync(new URL(file, folder), 'utf8'))).toEqual([]);
  });

  it('passes the check, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(anyScenario, async (yaml) => {
        expect(await faultsOf(yaml)).toEqual([]);
      }),
      { seed: 812, numRuns: 100 },
    );
  });

  it('is decided in the same way once more, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(anyScenario, async (yaml) => {
        const differences: DecisionDifference[] = [];
        await replayDecisions(inOnePage(yaml), { report: (difference) => differences.push(difference) });
        expect(differences).toEqual([]);
      }),
      { seed: 813, numRuns: 100 },
    );
  });
});
