import { type Static, Type } from 'typebox';
import { caps } from './caps.ts';
import { claimPolicy, toBackup } from './claim-policy.ts';
import { condition } from './condition.ts';
import { userId } from './fields.ts';
import { timeZone } from './schedule.ts';
import { strategy } from './strategy.ts';

export const whenNobody = Type.Union([Type.Enum(['unassigned', 'hold', 'owner', 'ignore-availability']), toBackup]);

/** The settings of a rotation that have no event of their own; what is not said stays as it was. */
export const rotationPolicies = {
  ownerId: Type.Optional(userId),
  timeZone: Type.Optional(timeZone),
  whenNobody: Type.Optional(whenNobody),
  makeUp: Type.Optional(Type.Enum(['none', 'one', 'all'])),
  enrol: Type.Optional(Type.Enum(['anyone', 'team', 'downline', 'team-or-downline'])),
  refund: Type.Optional(Type.Boolean({ description: 'a lead taken away is given back to the cap' })),
  pickUp: Type.Optional(
    Type.Record(Type.String(), Type.Array(Type.String()), {
      description: 'group of leads to the statuses that may be picked up; `default` for groups not named',
    }),
  ),
};

/** Everything a rotation can be set to. */
export const rotationSettings = Type.Object(
  {
    ...rotationPolicies,
    strategy: Type.Optional(strategy),
    caps: Type.Optional(caps),
    claim: Type.Optional(claimPolicy),
  },
  { additionalProperties: false },
);
export type RotationSettings = Static<typeof rotationSettings>;

/** What is set for one member of a rotation. */
export const memberSettings = Type.Object(
  {
    weight: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'integer or hundredths' })),
    leadsPerCycle: Type.Optional(Type.Integer({ minimum: 1 })),
    caps: Type.Optional(caps),
    filter: Type.Optional(condition),
    paused: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type MemberSettings = Static<typeof memberSettings>;
