import type { StrategyType } from '@lead-rotator/lead-events';
import { fewestAssigned } from './fewest-assigned.ts';
import { fewestOpen } from './fewest-open.ts';
import { longestWaiting } from './longest-waiting.ts';
import { noChoice } from './no-choice.ts';
import { predictive } from './predictive.ts';
import { priorityTier } from './priority-tier.ts';
import { random } from './random.ts';
import { roundRobin } from './round-robin.ts';
import type { Strategy } from './strategy.ts';
import { weighted } from './weighted.ts';

/** Every way to distribute leads. */
export const strategies: Readonly<Record<StrategyType, Strategy>> = {
  'round-robin': roundRobin,
  'longest-waiting': longestWaiting,
  random,
  weighted,
  'priority-tier': priorityTier,
  'fewest-open': fewestOpen,
  'fewest-assigned': fewestAssigned,
  predictive,
  'first-to-claim': noChoice,
  'queue-hidden': noChoice,
  'queue-preview': noChoice,
  manual: noChoice,
};
