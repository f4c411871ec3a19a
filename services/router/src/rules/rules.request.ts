import { type Rule, rule } from '@lead-rotator/lead-events';
import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;
const writtenRule = Type.Object({ ...rule.properties, id: Type.Optional(rule.properties.id) }, closed);

export const draftRequest = Type.Object(
  {
    rules: Type.Array(writtenRule, {
      maxItems: 10_000,
      description:
        'tried from the top; the last has no condition. `to`: { rotation }, { queue }, { user }, { field }, site-owner, ' +
        'page, or unassigned. A rule without an id is called by its place.',
    }),
  },
  {
    ...closed,
    examples: [
      {
        rules: [
          { id: 'german', when: { field: 'country', in: ['DE', 'AT'] }, to: { rotation: 'web' } },
          { id: 'own', to: 'site-owner' },
          { id: 'rest', to: { user: 'ann' } },
        ],
      },
    ],
  },
);
export type DraftRequest = Static<typeof draftRequest>;

export const publishRequest = Type.Object(
  {
    version: Type.Optional(Type.Integer({ minimum: 1, description: 'publish that version again; absent: the draft' })),
  },
  { ...closed, examples: [{}, { version: 2 }] },
);
export type PublishRequest = Static<typeof publishRequest>;

/** The rules, each with an id. */
export const rulesFrom = ({ rules }: DraftRequest): Rule[] =>
  rules.map((one, index) => ({ ...one, id: one.id ?? `rule ${index + 1}` }));
