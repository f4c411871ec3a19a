import { type Static, Type } from 'typebox';
import { userId } from './fields.ts';

/** Why a member could not have a turn; of several, the first in this order is recorded (domain reference, "The turn"). */
export const passOverReasons = [
  'inactive',
  'paused',
  'away',
  'off-hours',
  'switched-off',
  'filtered',
  'capped-hourly',
  'capped-daily',
  'capped-weekly',
  'capped-monthly',
  'at-capacity',
  'declined',
  'had-it',
] as const;

export const passOverReason = Type.Enum([...passOverReasons]);
export type PassOverReason = (typeof passOverReasons)[number];

/** A member whom a turn did not choose although the strategy came to them, and why. */
export const passedOver = Type.Object({ userId, reason: passOverReason }, { additionalProperties: false });
export type PassedOver = Static<typeof passedOver>;

/** So many members one after the other had the same reason; `eligible` are those whom the turn could have chosen. */
export const run = Type.Object(
  { reason: Type.Enum([...passOverReasons, 'eligible']), count: Type.Integer({ minimum: 1 }) },
  { additionalProperties: false },
);
export type Run = Static<typeof run>;

/** How many members are named one by one; a decision of a rotation with ten thousand must not become a novel. */
export const namedAtMost = 50;

/** Who was passed over: the first fifty by name, the others by number. */
export const passedOverFields = {
  passedOver: Type.Array(passedOver, {
    maxItems: namedAtMost,
    description: 'with round robin in the order of the line, otherwise in that of the list',
  }),
  more: Type.Optional(Type.Integer({ minimum: 1, description: 'how many further members were passed over' })),
};

/** The same where a decision may have passed over nobody. */
export const optionalPassedOver = {
  passedOver: Type.Optional(passedOverFields.passedOver),
  more: passedOverFields.more,
};
