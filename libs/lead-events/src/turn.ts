import { type Static, Type } from 'typebox';
import { passedOver } from './passed-over.ts';

/**
 * One automatic choice of a member by a rotation: enough for `evolve` to move the rotation exactly as the decision did,
 * and for a person to see why it was this member.
 */
export const turn = Type.Object(
  {
    number: Type.Integer({ minimum: 1, description: 'the how manyth turn of this rotation' }),
    strategy: Type.String({ description: 'the strategy in force, as named in the domain reference' }),
    passedOver: Type.Array(passedOver, { maxItems: 50, description: 'with round robin in the order of the line' }),
    more: Type.Optional(Type.Integer({ minimum: 1, description: 'how many further members were passed over' })),
    kept: Type.Optional(
      Type.Array(Type.Integer({ minimum: 0 }), {
        description:
          'of the further ones in front of the chosen, lengths of runs that lost their place and kept it, in turns, beginning with lost',
      }),
    ),
  },
  { additionalProperties: false },
);
export type Turn = Static<typeof turn>;
