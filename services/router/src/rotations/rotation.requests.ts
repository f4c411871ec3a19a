import {
  caps,
  claimPolicy,
  type RemovablePolicy,
  type RotationSettings,
  removablePolicies,
  rotationSettings,
} from '@lead-rotator/lead-events';
import type { SettingsChange } from '@lead-rotator/rotation';
import { type Static, type TSchema, Type } from 'typebox';
import { addMemberRequest } from './member.requests.ts';
import { strategyOf, writtenStrategy } from './strategy.request.ts';

const closed = { additionalProperties: false } as const;
const name = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' });
const { strategy: _, claim: __, caps: ___, ...policies } = rotationSettings.properties;
const { ownerId, timeZone, pickUp, ...lasting } = policies;
const claimExample = { within: 900_000, pauses: [{ days: 'mon-sun', from: '22:00', to: '07:00' }] };
const strategyAndCaps = { strategy: Type.Optional(writtenStrategy), caps: Type.Optional(caps) };

export const createRotationRequest = Type.Object(
  {
    id: Type.Optional(
      Type.String({
        pattern: '^[\\x21-\\x7e]{1,200}$',
        description: 'an id of your own; absent: one is made, the same for the same Idempotency-Key',
      }),
    ),
    name,
    on: Type.Optional(Type.Boolean({ description: 'default true; off: its leads go to number one on the roster' })),
    members: Type.Optional(Type.Array(addMemberRequest, { description: 'in this order' })),
    ...policies,
    ...strategyAndCaps,
    claim: Type.Optional(claimPolicy),
  },
  {
    ...closed,
    examples: [
      {
        id: 'web',
        name: 'Web leads',
        strategy: 'weighted',
        members: [
          { user: 'ann', weight: 70 },
          { user: 'bob@acme.example', weight: 30, caps: { daily: 5 } },
        ],
        claim: claimExample,
      },
    ],
  },
);
export type CreateRotationRequest = Static<typeof createRotationRequest>;

const orNull = <Schema extends TSchema>(schema: Schema, without: string) =>
  Type.Optional(Type.Union([schema, Type.Null()], { description: `null: ${without}` }));

export const changeRotationRequest = Type.Object(
  {
    name: Type.Optional(name),
    ...lasting,
    ownerId: orNull(ownerId, 'nobody'),
    timeZone: orNull(timeZone, 'that of the organization'),
    pickUp: orNull(pickUp, 'all statuses may be picked up'),
    ...strategyAndCaps,
    claim: orNull(claimPolicy, 'leads need not be claimed; counts for later turns'),
  },
  {
    ...closed,
    minProperties: 1,
    examples: [
      { claim: { ...claimExample, within: 1_800_000 } },
      { strategy: { type: 'longest-waiting', scope: 'organization' }, whenNobody: 'hold', timeZone: null },
    ],
  },
);
export type ChangeRotationRequest = Static<typeof changeRotationRequest>;

type WrittenSettings = Omit<CreateRotationRequest, 'id' | 'name' | 'on' | 'members'>;

/** The settings of a rotation to be. */
export function settingsOf({ strategy, ...settings }: WrittenSettings): RotationSettings {
  return { ...settings, ...(strategy === undefined ? {} : { strategy: strategyOf(strategy) }) };
}

/** The change of settings that is asked for. */
export function settingsChangeOf({ strategy, ...change }: Omit<ChangeRotationRequest, 'name'>): SettingsChange {
  const unset: readonly RemovablePolicy[] = removablePolicies.filter((policy) => change[policy] === null);
  const kept = Object.fromEntries(
    Object.entries(change).filter(([key]) => !(unset as readonly string[]).includes(key)),
  ) as SettingsChange;
  return { ...kept, unset, ...(strategy === undefined ? {} : { strategy: strategyOf(strategy) }) };
}
