import { describe, expect, it } from '@jest/globals';
import { checkLedger } from './check-ledger.ts';
import { reportText } from './report-text.ts';
import { cleanStory } from './testing/clean-story.ts';
import { recordedLog } from './testing/recorded-log.ts';
import { minute } from './testing/story.ts';

describe('the text of a report', () => {
  const story = cleanStory().capture('X1').capture('X2').capture('X3');
  const text = async (listedPerKind: number) => {
    const settings = { now: story.now + 600 * minute, listedPerKind };
    return reportText(await checkLedger({ log: recordedLog(story.events), settings }));
  };

  it('says what was looked at, what is wrong, where, and what that means', async () => {
    const lines = (await text(10)).split('\n');
    expect(lines[0]).toBe(`log log-1: read to position ${story.events.length}`);
    expect(lines[1]).toBe('FAULT undecided: a captured lead has no decision, although the time for it has passed');
    expect(lines[2]).toContain('leadId X1');
    expect(lines.at(-1)).toBe('3 faults');
  });

  it('lists the first of a kind and counts the others', async () => {
    const lines = (await text(1)).split('\n');
    expect(lines.slice(-2)).toEqual(['  and 2 more', '3 faults']);
  });

  it('says how many there are as one would', async () => {
    const { events } = cleanStory().capture('X1');
    const checked = async (now: number) =>
      reportText(await checkLedger({ log: recordedLog(events), settings: { now } }));
    expect(await checked(story.now)).toMatch(/no faults$/);
    expect(await checked(story.now + 600 * minute)).toMatch(/\n1 fault$/);
  });
});
