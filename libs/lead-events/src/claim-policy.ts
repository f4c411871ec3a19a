import { type Static, Type } from 'typebox';
import { rotationId, userId } from './fields.ts';
import { pause } from './schedule.ts';

const duration = (description: string) => Type.Integer({ minimum: 0, description: `${description}, in milliseconds` });
export const toBackup = Type.Object({ backup: userId }, { additionalProperties: false });
const toQueue = Type.Object({ queue: rotationId }, { additionalProperties: false });

/** What must happen with a lead that a turn gave out, until when, and what follows if it does not. */
export const claimPolicy = Type.Object(
  {
    within: Type.Integer({ minimum: 1, description: 'time to claim, in milliseconds' }),
    clock: Type.Optional(Type.Enum(['wall', 'team-hours', 'member-hours'])),
    calendar: Type.Optional(Type.String({ description: 'the calendar of team-hours' })),
    pauses: Type.Optional(Type.Array(pause)),
    counts: Type.Optional(Type.Array(Type.String(), { description: 'kinds of acts that claim; never view' })),
    onMiss: Type.Optional(Type.Union([Type.Enum(['reassign', 'notify', 'unassign']), toQueue])),
    maxReassignments: Type.Optional(Type.Integer({ minimum: 0, description: '0: no limit' })),
    whenExhausted: Type.Optional(Type.Union([Type.Enum(['keep', 'start-over', 'unassigned']), toBackup, toQueue])),
    warnBefore: Type.Optional(duration('how long before due the owner is warned')),
    pauseAfterMisses: Type.Optional(Type.Integer({ minimum: 0, description: 'misses in a row; 0: never' })),
  },
  { additionalProperties: false },
);
export type ClaimPolicy = Static<typeof claimPolicy>;

/** The kinds of acts that claim a lead where the policy names none. */
export const claimingKinds = ['email', 'note', 'call', 'sms', 'task', 'drip-plan', 'bulk-email', 'hot-sheet'] as const;
