import { type Static, Type } from 'typebox';

const limit = Type.Optional(Type.Integer({ minimum: 0, description: 'leads in one window; 0: no limit' }));

/** Limits in fixed calendar windows: hours on the hour, weeks from Monday. The first one reached stops delivery. */
export const caps = Type.Object(
  { hourly: limit, daily: limit, weekly: limit, monthly: limit },
  { additionalProperties: false },
);
export type Caps = Static<typeof caps>;
