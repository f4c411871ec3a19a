import { instantPattern } from '@lead-rotator/event-sourcing';
import { type Rule, rule } from '@lead-rotator/lead-events';
import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;
const writtenRule = Type.Object({ ...rule.properties, id: Type.Optional(rule.properties.id) }, closed);

/** So that two who work on the rules at once do not undo each other's work without knowing. */
const savedAt = (description: string) => Type.String({ pattern: instantPattern, description });

export const draftRequest = Type.Object(
  {
    rules: Type.Array(writtenRule, {
      maxItems: 10_000,
      description:
        'tried from the top; the last has no condition. `to`: { rotation }, { queue }, { user }, { field }, site-owner, ' +
        'page, or unassigned. A rule without an id is called by its place.',
    }),
    replaces: Type.Optional(
      savedAt('`savedAt` of the draft that this one was made of: refused if somebody has saved another since'),
    ),
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
    draft: Type.Optional(savedAt('`savedAt` of the draft that you mean: refused if somebody has saved another since')),
  },
  { ...closed, examples: [{ draft: '2026-01-05T09:00:00.123Z' }, {}, { version: 2 }] },
);
export type PublishRequest = Static<typeof publishRequest>;

/** The rules, each with an id. */
export const rulesFrom = ({ rules }: Pick<DraftRequest, 'rules'>): Rule[] =>
  rules.map((one, index) => ({ ...one, id: one.id ?? `rule ${index + 1}` }));
