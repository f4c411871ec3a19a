import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { deciderVersion } from '@lead-rotator/claim';
import type { RecordedLeadEvent } from '@lead-rotator/lead-events';
import { runScenario } from '@lead-rotator/scenario';
import { record } from '../testing/record.ts';
import { replayDecisions } from './replay.ts';

const recordedIn = (example: string): RecordedLeadEvent[] => {
  const file = new URL(`../../../scenario/examples/${example}.yaml`, import.meta.url);
  return record(runScenario(readFileSync(file, 'utf8')).events);
};
const today = recordedIn('start-over-alone');

/** Up to where the lead of the example starts over with nobody else there. */
const upTo = (type: string, decider: number): RecordedLeadEvent[] =>
  today.slice(0, today.findIndex((event) => event.type === type) + 1).map((event) => ({ ...event, decider }));

async function differenceCount(events: readonly RecordedLeadEvent[]): Promise<number> {
  const pages = (async function* () {
    yield structuredClone(events);
  })();
  const { different, unjudged } = await replayDecisions(pages, { report: () => {} });
  return different + unjudged;
}

describe('a lead that starts over and is left as it is because nobody else is there', () => {
  it('was decided so by deciders of version 2, and of version 1, which did not tell who was passed over', async () => {
    const left = upTo('ReassignmentsExhausted', 2);
    expect(await differenceCount(left)).toBe(0);
    const { passedOver: _, ...untold } = (left.at(-1) as RecordedLeadEvent).data as { passedOver: unknown };
    const before: RecordedLeadEvent[] = left.map((event) => ({ ...event, decider: 1 }));
    expect(await differenceCount(before.with(-1, { ...before.at(-1), data: untold } as RecordedLeadEvent))).toBe(0);
  });

  it('waits by those of today, and a record without that is not whole', async () => {
    expect(await differenceCount(upTo('ReassignmentPending', deciderVersion))).toBe(0);
    expect(await differenceCount(upTo('ReassignmentsExhausted', deciderVersion))).toBe(1);
  });
});

describe('a lead that is declined by whom a manual rotation would give it to again', () => {
  const declined = recordedIn('declined-by-the-assignee');
  const by = (decider: number, events: readonly RecordedLeadEvent[]) => events.map((event) => ({ ...event, decider }));
  const kept = declined.filter(({ type }) => type !== 'LeadTakenAway');

  it('was kept by deciders of version 4', async () => {
    expect(await differenceCount(by(4, kept))).toBe(0);
    expect(await differenceCount(by(4, declined))).toBe(1);
  });

  it('is taken away by those of today', async () => {
    expect(await differenceCount(declined)).toBe(0);
    expect(await differenceCount(by(deciderVersion, kept))).toBe(1);
  });
});
