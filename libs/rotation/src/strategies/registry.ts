import type { StrategyType } from '@lead-rotator/lead-events';
import { firstToClaim } from './first-to-claim.ts';
import { roundRobin } from './round-robin.ts';
import type { Strategy } from './strategy.ts';

const choosing: Partial<Record<StrategyType, Strategy>> = {
  'round-robin': roundRobin,
  'first-to-claim': firstToClaim,
};

/** The strategy of that name; queues, offers and manual choose nobody themselves: theirs is the round robin. */
export const strategyOfType = (type: StrategyType): Strategy => choosing[type] ?? roundRobin;
