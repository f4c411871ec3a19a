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
