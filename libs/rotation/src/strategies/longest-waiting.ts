import type { PassedOverList } from '../passed-over.ts';
import type { Rotation } from '../rotation.ts';
import { barredFrom, leastOf } from './barred-from.ts';
import type { Figure } from './figure.ts';
import type { Choice, Chosen, Strategy } from './strategy.ts';

/** The eligible member whose last turn is longest ago, in this rotation or in all; never served comes first. */
export const longestWaiting: Strategy = {
  choose(choice: Choice, passed: PassedOverList): Chosen | undefined {
    const barred = barredFrom(choice);
    passed.addAll(choice.rotation.list, barred);
    const place = leastOf(barred, choice.standings.figures);
    return place === undefined ? undefined : { place };
  },

  serve: () => undefined,

  figure: ({ strategy }: Rotation) =>
    strategy.type === 'longest-waiting' && strategy.scope === 'organization' ? ofAll : ofRotation,
};

const ofRotation: Figure = {
  of: (_distribution, _rotation, { lastTurn }) => lastTurn,
  until: () => Infinity,
  looksBeyond: false,
};

const ofAll: Figure = {
  of: ({ loads }, _rotation, { person }) => loads.get(person.number)?.lastTurn ?? 0,
  until: () => Infinity,
  looksBeyond: true,
};
