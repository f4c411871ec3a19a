import type { Turn } from '@lead-rotator/lead-events';
import { codesOfTurn, type PassedOverList } from '../passed-over.ts';
import type { Rotation } from '../rotation.ts';
import type { DueShares } from '../shares.ts';
import { barredFrom } from './barred-from.ts';
import type { Choice, Chosen, Strategy } from './strategy.ts';

/**
 * Each turn every eligible member's credit grows by its share, the largest credit is served (ties by list order), and
 * loses what was given out. In whole numbers, so that every machine agrees. Who is not eligible keeps the credit.
 * 5, 1, 1 gives a a b a c a a (smooth weighted round robin, as in nginx).
 */
export const weighted: Strategy = {
  choose(choice: Choice, passed: PassedOverList): Chosen | undefined {
    const { rotation } = choice;
    const { list, tally } = rotation;
    const barred = barredFrom(choice);
    const { codes, isNobody } = barred;
    passed.addAll(list, barred);
    const shares = rotation.shares.among(sumOfWeights(rotation, isNobody ? undefined : codes));
    const { owed } = tally;
    let best: number | undefined;
    let most = -Infinity;
    for (let place = 0; place < owed.length; place += 1) {
      if (codes[place] !== 0) continue;
      const credit = (owed[place] as number) + (shares.of[place] as number);
      if (credit > most) {
        best = place;
        most = credit;
      }
    }
    return best === undefined ? undefined : { place: best };
  },

  serve(rotation: Rotation, chosen: number, turn: Turn): void {
    const codes = codesOfTurn(turn, rotation);
    const shares = rotation.shares.among(sumOfWeights(rotation, codes));
    const owed = rotation.tally.edit('owed');
    const given = grow(owed, shares, codes);
    owed[chosen] = (owed[chosen] as number) - given;
  },
};

/** Gives every eligible member their share, and back what was given out. */
function grow(owed: Float64Array, { of, given: toAll }: DueShares, codes: Uint8Array | undefined): number {
  let given = toAll;
  for (let place = 0; place < owed.length; place += 1) owed[place] = (owed[place] as number) + (of[place] as number);
  if (codes === undefined) return given;
  for (let place = 0; place < owed.length; place += 1) {
    if (codes[place] === 0) continue;
    owed[place] = (owed[place] as number) - (of[place] as number);
    given -= of[place] as number;
  }
  return given;
}

/** Of the eligible; without codes, all are. */
function sumOfWeights({ shares: { weights, sum: ofAll } }: Rotation, codes: Uint8Array | undefined): number {
  if (codes === undefined) return ofAll;
  let sum = 0;
  for (let place = 0; place < weights.length; place += 1) if (codes[place] === 0) sum += weights[place] as number;
  return sum;
}
