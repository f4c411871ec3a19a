import type { Turn } from '@lead-rotator/lead-events';
import type { Barred } from '../barred.ts';
import type { PassedOverList } from '../passed-over.ts';
import type { Rotation } from '../rotation.ts';
import { barredFrom } from './barred-from.ts';
import { Drawing } from './drawing.ts';
import type { Choice, Chosen, Strategy } from './strategy.ts';

/** Uniform among the eligible; with `noRepeat` not the last served, if another is eligible. */
export const random: Strategy = {
  choose(choice: Choice, passed: PassedOverList): Chosen | undefined {
    const { rotation } = choice;
    const { strategy, list } = rotation;
    if (strategy.type !== 'random') return undefined;
    const barred = barredFrom(choice);
    passed.addAll(list, barred);
    const eligible = countEligible(barred, list.length);
    const last = strategy.noRepeat === true && eligible > 1 ? placeOfLast(rotation, barred) : undefined;
    const among = last === undefined ? eligible : eligible - 1;
    const draw = rotation.draws + 1;
    const number = Math.floor(new Drawing(strategy.seed, draw).fraction() * among);
    const place = nthEligible(barred, list.length, number, last);
    return place === undefined ? undefined : { place, record: { seed: strategy.seed, draw } };
  },

  serve(rotation: Rotation, _place: number, turn: Turn): void {
    rotation.draws = turn.draw ?? rotation.draws;
  },
};

/** Where the last served stands, if they are eligible. */
function placeOfLast(rotation: Rotation, { codes }: Barred): number | undefined {
  const place = rotation.lastServed === undefined ? undefined : rotation.placeOf(rotation.lastServed);
  return place !== undefined && codes[place] === 0 ? place : undefined;
}

function countEligible({ codes, isNobody }: Barred, length: number): number {
  if (isNobody) return length;
  let count = 0;
  for (let place = 0; place < length; place += 1) if (codes[place] === 0) count += 1;
  return count;
}

/** The place of one of the eligible, counted from 0 in list order without the one at `but`. */
function nthEligible(
  { codes, isNobody }: Barred,
  length: number,
  number: number,
  but: number | undefined,
): number | undefined {
  if (isNobody && but === undefined) return number < length ? number : undefined;
  let left = number;
  for (let place = 0; place < length; place += 1) {
    if (codes[place] !== 0 || place === but) continue;
    if (left === 0) return place;
    left -= 1;
  }
  return undefined;
}
