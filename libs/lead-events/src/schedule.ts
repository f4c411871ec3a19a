import { type Static, Type } from 'typebox';

export const timeZone = Type.String({ minLength: 1, description: 'IANA time zone' });

export const weekHours = Type.Record(Type.String(), Type.String(), {
  description: 'days (mon, or mon-fri) to local ranges, such as 09:00-12:00, 13:00-17:00; over midnight: 22:00-06:00',
});
export type WeekHours = Static<typeof weekHours>;

/** Away from `from` to `to`: whole local days, both included, or instants, the last of them not included. */
export const awayPeriod = Type.Object(
  { from: Type.String({ minLength: 10 }), to: Type.String({ minLength: 10 }) },
  { additionalProperties: false },
);
export type AwayPeriod = Static<typeof awayPeriod>;

export const pause = Type.Object(
  {
    days: Type.String({ description: 'days on which it begins: mon, mon-sun, or sat, sun' }),
    from: Type.String({ description: 'local time, such as 22:00' }),
    to: Type.String({ description: 'local time; not later than `from`: on the next day; 24:00 is the end of the day' }),
  },
  { additionalProperties: false },
);
export type Pause = Static<typeof pause>;

export const calendar = Type.Object(
  {
    timeZone: Type.Optional(timeZone),
    hours: Type.Optional(weekHours),
    holidays: Type.Optional(Type.Array(Type.String({ format: 'date', description: 'closed the whole local day' }))),
  },
  { additionalProperties: false },
);
export type Calendar = Static<typeof calendar>;
