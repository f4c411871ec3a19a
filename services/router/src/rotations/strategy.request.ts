import { randomInt } from 'node:crypto';
import { type Strategy, strategy } from '@lead-rotator/lead-events';
import { type TSchema, Type } from 'typebox';

/** A strategy as it is written: by its name, or with what it needs to know; a seed that is not given is drawn. */
export type WrittenStrategy = string | ({ readonly type: string } & Readonly<Record<string, unknown>>);

type ObjectSchema = { required: string[]; properties: Record<string, TSchema & { const?: string }> };

const written = (strategy as unknown as { anyOf: ObjectSchema[] }).anyOf.map(({ required, properties, ...rest }) => {
  const { otherwise, ...own } = properties;
  return {
    ...rest,
    required: required.filter((name) => name !== 'seed'),
    // Rules and scenario files say `then`; the event says `otherwise`, as an object with a `then` is taken for a promise.
    properties: otherwise === undefined ? own : { ...own, ...Object.fromEntries([['then', otherwise]]) },
  };
});
const named = written.filter(({ required }) => required.length === 1).map(({ properties }) => properties.type?.const);

export const writtenStrategy = Type.Unsafe<WrittenStrategy>({
  anyOf: [{ enum: named }, ...written],
  description: 'by its name, or with its settings; how each chooses: the reference of distribution',
  examples: [
    'round-robin',
    { type: 'weighted' },
    { type: 'random', noRepeat: true },
    { type: 'priority-tier', order: 'in-a-row' },
    { type: 'fewest-assigned', period: 'week' },
    Object.fromEntries([
      ['type', 'first-to-claim'],
      ['offerFor', 300_000],
      ['then', [{ rotation: 'late' }, { user: 'ann' }]],
    ]),
  ],
});

/** What the event records. */
export function strategyOf(request: WrittenStrategy): Strategy {
  const { then: otherwise, ...given } = (typeof request === 'string' ? { type: request } : request) as Fallbacks;
  const seeded = given.type === 'random' || given.type === 'predictive';
  return {
    ...(seeded ? { seed: randomInt(2 ** 31) } : {}),
    ...given,
    ...(otherwise === undefined ? {} : { otherwise }),
  } as unknown as Strategy;
}

/** As it is written, so that what is shown can be sent again. */
export function writtenAs(recorded: Strategy): WrittenStrategy {
  const { otherwise, ...given } = recorded as Strategy & { otherwise?: unknown };
  return otherwise === undefined ? given : { ...given, ...Object.fromEntries([['then', otherwise]]) };
}

type Fallbacks = { readonly type: string; readonly then?: unknown };
