import { Type } from 'typebox';

/** Something needs the attention of a person. */
export const notices = [
  'nobody-eligible',
  'exhausted',
  'deadline-near',
  'missed',
  'member-paused',
  'owner-inactive',
] as const;
export type Notice = (typeof notices)[number];

export const notice = Type.Enum([...notices]);
