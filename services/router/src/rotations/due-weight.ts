import type { MemberSettings, StrategyType } from '@lead-rotator/lead-events';

/**
 * What a member is due of the turns, beside that of the others: by weight, in hundredths, if the strategy is weighted, by
 * leads of a cycle if it is priority-tier; otherwise all are due the same.
 */
export function dueWeight(
  strategy: StrategyType | undefined,
  { weight = 1, leadsPerCycle = 1 }: MemberSettings,
): number {
  if (strategy === 'weighted') return Math.round(weight * 100);
  return strategy === 'priority-tier' ? leadsPerCycle : 1;
}
