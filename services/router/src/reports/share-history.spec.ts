import { describe, expect, it } from '@jest/globals';
import type { MemberSettings, RotationId, StrategyType, UserId } from '@lead-rotator/lead-events';
import { ShareHistory } from './share-history.ts';

const web = 'web' as RotationId;
type Change = Parameters<ShareHistory['evolve']>[0];

/** The history after these events, at positions from 1 on. */
function historyOf(...changes: readonly { type: string; data: object }[]): ShareHistory {
  const history = new ShareHistory();
  changes.forEach((change, index) => {
    history.evolve({ ...change, position: index + 1 } as unknown as Change);
  });
  return history;
}

const created = (type?: StrategyType) => ({
  type: 'RotationCreated',
  data: { rotationId: web, settings: type === undefined ? {} : { strategy: { type } } },
});
const member = (type: string, userId: string, settings: MemberSettings = {}) => ({
  type,
  data: { rotationId: web, userId: userId as UserId, settings },
});
const user = (type: string, userId: string) => ({ type, data: { userId } });
const strategy = (type: StrategyType) => ({ type: 'StrategyChanged', data: { rotationId: web, strategy: { type } } });

/** The shares after the last change, or after an earlier one. */
function sharesOf(history: ShareHistory, period?: number): Record<string, number> {
  const shares = history.rotations.get(web);
  return Object.fromEntries(shares?.sharesIn(period ?? shares.starts.length) ?? []);
}

describe('the share due', () => {
  it('is equal, by weight, or by leads per cycle, as the strategy says', () => {
    const team = [
      member('MemberAdded', 'ann', { weight: 3, leadsPerCycle: 1 }),
      member('MemberAdded', 'bob', { leadsPerCycle: 4 }),
    ];
    expect(sharesOf(historyOf(created(), ...team))).toEqual({ ann: 0.5, bob: 0.5 });
    expect(sharesOf(historyOf(created('weighted'), ...team))).toEqual({ ann: 0.75, bob: 0.25 });
    expect(sharesOf(historyOf(created('weighted'), ...team, strategy('priority-tier')))).toEqual({
      ann: 0.2,
      bob: 0.8,
    });
  });

  it('is that of the members who took part at the time', () => {
    const history = historyOf(
      created(),
      member('MemberAdded', 'ann'),
      member('MemberAdded', 'bob'),
      member('MemberPaused', 'ann'),
      member('MemberResumed', 'ann'),
      user('UserDeactivated', 'bob'),
      user('UserActivated', 'bob'),
      member('MemberRemoved', 'ann'),
    );
    const periods = [1, 2, 3, 4, 5, 6, 7].map((period) => sharesOf(history, period));
    const both = { ann: 0.5, bob: 0.5 };
    expect(periods).toEqual([{ ann: 1 }, both, { bob: 1 }, both, { ann: 1 }, both, { bob: 1 }]);
    expect(history.rotations.get(web)?.starts).toEqual([2, 3, 4, 5, 6, 7, 8]);
  });

  it('is nothing where nobody takes part', () => {
    expect(sharesOf(historyOf(created(), member('MemberAdded', 'ann', { paused: true })))).toEqual({});
  });
});
