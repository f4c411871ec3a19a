import { describe, expect, it } from '@jest/globals';
import { checkLedger } from './check-ledger.ts';
import { cleanStory } from './testing/clean-story.ts';
import { type PlantedInLog, plantedInLog } from './testing/planted-in-log.ts';
import { recordedLog } from './testing/recorded-log.ts';
import { minute } from './testing/story.ts';

async function kindsFound({ append, change = (events) => events }: Partial<PlantedInLog>): Promise<string[]> {
  const story = cleanStory();
  append?.(story);
  const report = await checkLedger({
    log: recordedLog(change(story.events)),
    settings: { now: story.now + 600 * minute },
  });
  return Object.keys(report.faultCounts).sort();
}

describe('the check of the log', () => {
  it('finds nothing in a log in which all is right', async () => {
    expect(await kindsFound({})).toEqual([]);
  });

  it.each(plantedInLog.map((planted) => [planted.what, planted.kind, planted] as const))(
    '%s: %s',
    async (_, kind, planted) => {
      expect(await kindsFound(planted)).toEqual([...new Set([kind, ...(planted.also ?? [])])].sort());
    },
  );
});
