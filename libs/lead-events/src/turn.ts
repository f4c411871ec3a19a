import { type Static, Type } from 'typebox';
import { userId } from './fields.ts';
import { passedOverFields, run } from './passed-over.ts';

const candidate = Type.Object(
  {
    userId,
    won: Type.Integer({ minimum: 0, description: 'leads of this segment won so far' }),
    lost: Type.Integer({ minimum: 0, description: 'leads of this segment lost so far' }),
    draw: Type.Number({ description: 'chance to win that was drawn for this lead' }),
  },
  { additionalProperties: false },
);

/**
 * One automatic choice of a member by a rotation: enough for `evolve` to move the rotation exactly as the decision did,
 * and for a person to see why it was this member.
 */
export const turn = Type.Object(
  {
    number: Type.Integer({ minimum: 1, description: 'the how manyth turn of this rotation' }),
    strategy: Type.String({ description: 'the strategy in force, as named in the domain reference' }),
    ...passedOverFields,
    further: Type.Optional(
      Type.Array(run, {
        description:
          'the members behind the last one named, as runs of the same reason: with round robin up to the chosen, otherwise to the end of the list',
      }),
    ),
    extra: Type.Optional(Type.Literal(true, { description: 'an extra turn for one lost by absence (makeUp: all)' })),
    guard: Type.Optional(Type.Literal(true, { description: 'predictive: one of the turns that go by round robin' })),
    seed: Type.Optional(Type.Integer()),
    draw: Type.Optional(Type.Integer({ minimum: 0, description: 'number of the draw under this seed' })),
    model: Type.Optional(Type.Integer({ minimum: 1, description: 'version of the model that was asked' })),
    candidates: Type.Optional(
      Type.Array(candidate, { description: 'predictive: the likeliest by their draw, the chosen first; at most 10' }),
    ),
    otherCandidates: Type.Optional(
      Type.Integer({ minimum: 1, description: 'predictive: how many more were eligible, all with a smaller draw' }),
    ),
  },
  { additionalProperties: false },
);
export type Turn = Static<typeof turn>;
export type Candidate = Static<typeof candidate>;
