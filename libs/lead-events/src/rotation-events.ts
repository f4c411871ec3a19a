import { Type } from 'typebox';
import { caps } from './caps.ts';
import { claimPolicy } from './claim-policy.ts';
import { defineEvent } from './define-event.ts';
import { at, rotationId } from './fields.ts';
import type { RotationId, UserId } from './ids.ts';
import { rotationPolicies, rotationSettings } from './rotation-settings.ts';
import { strategy } from './strategy.ts';
import { rotationChangeTags } from './tags.ts';

const closed = { additionalProperties: false } as const;
const tags = rotationChangeTags;
const key = (data: { rotationId: RotationId }) => data.rotationId;
const web = 'web' as RotationId;
const when = '2026-01-05T08:00:00.000Z';

const policySample = {
  ownerId: 'ann' as UserId,
  timeZone: 'Europe/Berlin',
  whenNobody: { backup: 'ann' as UserId },
  makeUp: 'none' as const,
  enrol: 'anyone' as const,
  refund: false,
  pickUp: { default: ['new'] },
};
const claimSample = {
  within: 900_000,
  clock: 'team-hours' as const,
  calendar: 'sales',
  pauses: [{ days: 'mon-sun', from: '22:00', to: '07:00' }],
  counts: ['email', 'call'],
  onMiss: 'reassign' as const,
  maxReassignments: 3,
  whenExhausted: { queue: 'late' as RotationId },
  warnBefore: 60_000,
  pauseAfterMisses: 3,
};

export const RotationCreated = defineEvent({
  type: 'RotationCreated',
  version: 1,
  about: 'There is a new rotation, without members yet.',
  data: Type.Object(
    {
      rotationId,
      name: Type.String({ minLength: 1 }),
      on: Type.Boolean({ description: 'off: its leads go to number one on the roster' }),
      settings: rotationSettings,
      at,
    },
    closed,
  ),
  tags,
  key,
  sample: {
    rotationId: web,
    name: 'Web leads',
    on: true,
    settings: { ...policySample, strategy: { type: 'round-robin' }, caps: { daily: 5 }, claim: claimSample },
    at: when,
  },
});

export const RotationRenamed = defineEvent({
  type: 'RotationRenamed',
  version: 1,
  about: 'A rotation has another name.',
  data: Type.Object({ rotationId, name: Type.String({ minLength: 1 }), at }, closed),
  tags,
  key,
  sample: { rotationId: web, name: 'Leads of the web', at: when },
});

const switched = <const Name extends string>(type: Name, about: string) =>
  defineEvent({
    type,
    version: 1,
    about,
    data: Type.Object({ rotationId, at }, closed),
    tags,
    key,
    sample: { rotationId: web, at: when },
  });

export const RotationSwitchedOn = switched('RotationSwitchedOn', 'A rotation gives out its leads by turns.');
export const RotationSwitchedOff = switched('RotationSwitchedOff', 'Leads go to number one on the roster instead.');

export const StrategyChanged = defineEvent({
  type: 'StrategyChanged',
  version: 1,
  about: 'A rotation chooses in another way from its next turn on.',
  data: Type.Object({ rotationId, strategy, at }, closed),
  tags,
  key,
  sample: { rotationId: web, strategy: { type: 'random', seed: 7, noRepeat: true }, at: when },
});

export const DefaultCapsChanged = defineEvent({
  type: 'DefaultCapsChanged',
  version: 1,
  about: 'Members without caps of their own have these.',
  data: Type.Object({ rotationId, caps, at }, closed),
  tags,
  key,
  sample: { rotationId: web, caps: { hourly: 2, daily: 5, weekly: 20, monthly: 60 }, at: when },
});

export const ClaimPolicyChanged = defineEvent({
  type: 'ClaimPolicyChanged',
  version: 1,
  about: 'Leads given out by later turns are to be claimed by this policy; without one, they need not be claimed.',
  data: Type.Object({ rotationId, claim: Type.Optional(claimPolicy), at }, closed),
  tags,
  key,
  sample: { rotationId: web, claim: claimSample, at: when },
});

/** Policies for which there is a state without them. */
export const removablePolicies = ['ownerId', 'timeZone', 'pickUp'] as const;
export type RemovablePolicy = (typeof removablePolicies)[number];

export const RotationPolicyChanged = defineEvent({
  type: 'RotationPolicyChanged',
  version: 2,
  about: 'A rotation does something differently: what is named is new, the rest is as before.',
  data: Type.Object(
    {
      rotationId,
      ...rotationPolicies,
      unset: Type.Optional(
        Type.Array(Type.Enum([...removablePolicies]), { description: 'these are as if they had never been set' }),
      ),
      at,
    },
    closed,
  ),
  tags,
  key,
  // A copy that does not know `unset` must not go on as if nothing had been taken back.
  upcasts: [(data) => data],
  sample: { rotationId: web, whenNobody: 'hold', unset: ['ownerId', 'timeZone', 'pickUp'], at: when },
});
