import type { PassedOverList } from '../passed-over.ts';
import type { Rotation } from '../rotation.ts';
import { barredFrom, leastThenLongestWaiting } from './barred-from.ts';
import type { Figure } from './figure.ts';
import type { Choice, Chosen, Strategy } from './strategy.ts';

/** Fewest open leads over all rotations, or the least share of what a user can hold. */
export const fewestOpen: Strategy = {
  choose(choice: Choice, passed: PassedOverList): Chosen | undefined {
    const barred = barredFrom(choice);
    passed.addAll(choice.rotation.list, barred);
    const place = leastThenLongestWaiting(barred, choice.standings);
    return place === undefined ? undefined : { place };
  },

  serve: () => undefined,

  figure: ({ strategy }: Rotation) => (strategy.type === 'fewest-open' && strategy.by === 'share' ? share : open),
};

const open: Figure = {
  of: ({ loads }, _rotation, { person }) => loads.get(person.number)?.open ?? 0,
  until: () => Infinity,
  looksBeyond: true,
};

/** Open leads ÷ capacity; without a limit 0. */
const share: Figure = {
  ...open,
  of: ({ loads }, _rotation, { person: { user, number } }) =>
    user.maxOpen === 0 ? 0 : (loads.get(number)?.open ?? 0) / user.maxOpen,
};
