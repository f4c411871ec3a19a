import type { Turn } from '@lead-rotator/lead-events';
import { codesOfTurn, type PassedOverList } from '../passed-over.ts';
import type { Rotation } from '../rotation.ts';
import { barredFrom } from './barred-from.ts';
import type { Choice, Chosen, Strategy } from './strategy.ts';

/**
 * Each member takes their number of leads, then the cycle starts over. Interleaved: who has the most left; in a row:
 * the first in the list who has some left. When no eligible member has any left, the eligible ones are refilled.
 */
export const priorityTier: Strategy = {
  choose(choice: Choice, passed: PassedOverList): Chosen | undefined {
    const { strategy, list, tally } = choice.rotation;
    const barred = barredFrom(choice);
    const { codes } = barred;
    passed.addAll(list, barred);
    const left = isCycleOver(tally.left, codes) ? Float64Array.from(list, ({ full }) => full) : tally.left;
    const inARow = strategy.type === 'priority-tier' && strategy.order === 'in-a-row';
    const place = inARow ? firstWithSomeLeft(left, codes) : withMostLeft(left, codes);
    return place === undefined ? undefined : { place };
  },

  serve(rotation: Rotation, chosen: number, turn: Turn): void {
    const left = rotation.tally.edit('left');
    const codes = codesOfTurn(turn, rotation);
    if (isCycleOver(left, codes)) {
      for (const [place, { full }] of rotation.list.entries()) if (isEligible(codes, place)) left[place] = full;
    }
    left[chosen] = (left[chosen] as number) - 1;
  },
};

/** Without codes, all are. */
const isEligible = (codes: Uint8Array | undefined, place: number): boolean => codes === undefined || codes[place] === 0;

function isCycleOver(left: Float64Array, codes: Uint8Array | undefined): boolean {
  for (let place = 0; place < left.length; place += 1) {
    if ((left[place] as number) > 0 && isEligible(codes, place)) return false;
  }
  return true;
}

function firstWithSomeLeft(left: Float64Array, codes: Uint8Array): number | undefined {
  const place = left.findIndex((some, index) => some > 0 && codes[index] === 0);
  return place < 0 ? undefined : place;
}

function withMostLeft(left: Float64Array, codes: Uint8Array): number | undefined {
  let best: number | undefined;
  let most = -Infinity;
  for (let place = 0; place < left.length; place += 1) {
    if (codes[place] === 0 && (left[place] as number) > most) {
      best = place;
      most = left[place] as number;
    }
  }
  return best;
}
