import { describe, expect, it } from '@jest/globals';
import type { RotationId } from '@lead-rotator/lead-events';
import { checkLedger } from './check-ledger.ts';
import { cleanStory } from './testing/clean-story.ts';
import type { PlantedFault } from './testing/planted-fault.ts';
import { plantedInLog } from './testing/planted-in-log.ts';
import { recordedLog } from './testing/recorded-log.ts';
import { minute, type Story } from './testing/story.ts';

async function kindsFound({ append, change = (events) => events }: Partial<PlantedFault>): Promise<string[]> {
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

  it('counts the days of the organization again when a rotation has lost its time zone', async () => {
    const lost = (story: Story) => {
      // Half an hour before midnight there.
      const settings = { timeZone: 'Pacific/Kiritimati', caps: { daily: 1 } };
      story.rotation('far', ['ann', 'bob'], settings).capture('X1').turn('X1', 'far', 'ann');
      story.add('RotationPolicyChanged', { rotationId: 'far' as RotationId, unset: ['timeZone'] }).wait(60 * minute);
      story.capture('X2').turn('X2', 'far', 'bob').capture('X3');
      story.leave('X3', 'far', [
        ['ann', 'capped-daily'],
        ['bob', 'capped-daily'],
      ]);
    };
    expect(await kindsFound({ append: lost })).toEqual([]);
  });

  it.each(plantedInLog.map((planted) => [planted.what, planted.kind, planted] as const))(
    '%s: %s',
    async (_, kind, planted) => {
      expect(await kindsFound(planted)).toEqual([...new Set([kind, ...(planted.also ?? [])])].sort());
    },
  );
});
