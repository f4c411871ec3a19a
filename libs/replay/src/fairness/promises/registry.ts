import type { StrategyType } from '@lead-rotator/lead-events';
import type { PromiseCheck } from '../judged-turn.ts';
import { Cycles } from './cycles.ts';
import { EvenCounts } from './even-counts.ts';
import { fewestOpenFirst, longestWaitingFirst } from './least-first.ts';
import { NearDueShare } from './near-due-share.ts';
import { ServedInBetween } from './served-in-between.ts';

interface Promised {
  /** The promise in words (docs/explanation/fairness.md). */
  readonly words: string;
  /** Absent: there is nothing that a single turn could break. */
  readonly check?: () => PromiseCheck;
}

const byHand: Promised = { words: 'nothing: who is fast, or who decides by hand, gets the lead' };

/** What each strategy promises. */
export const promises: Readonly<Record<StrategyType, Promised>> = {
  'round-robin': {
    words: 'between two turns of a member everybody else is served who could have had all leads in between',
    check: () => new ServedInBetween(),
  },
  'longest-waiting': {
    words: 'nobody is served while somebody who could have the lead has waited longer',
    check: longestWaitingFirst,
  },
  weighted: {
    words: 'while the same members are there, nobody is a turn ahead of the share of their weight, or far behind it',
    check: () => new NearDueShare(),
  },
  'priority-tier': {
    words: 'while the same members are there, everybody gets their number of leads in every cycle',
    check: () => new Cycles(),
  },
  'fewest-open': {
    words: 'nobody is served while somebody who could have the lead has fewer open leads',
    check: fewestOpenFirst,
  },
  'fewest-assigned': {
    words: 'among members who are there all through a period, counts differ by one at most',
    check: () => new EvenCounts(),
  },
  random: { words: 'the same chance for everybody who could have the lead; no bound' },
  predictive: { words: 'a part of the turns, the guard, goes by round robin; the others to who is likely to win' },
  'first-to-claim': byHand,
  'queue-hidden': byHand,
  'queue-preview': byHand,
  manual: byHand,
};
