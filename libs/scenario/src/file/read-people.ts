import type { UserId } from '@lead-rotator/lead-events';
import type { NewUser } from '@lead-rotator/rotation';
import { anything, listOf, mapOf, number, oneOf, optional, shape, text, textOr, whole, yes } from './read.ts';

export const caps = shape({
  hourly: optional(whole(0)),
  daily: optional(whole(0)),
  weekly: optional(whole(0)),
  monthly: optional(whole(0)),
});

const away = shape({ from: text, to: text });

const wholeUser = shape({
  id: text,
  email: optional(text),
  active: optional(yes),
  plan: optional(oneOf('basic', 'complete')),
  roles: optional(listOf(oneOf('admin', 'manager', 'agent'))),
  permissions: optional(listOf(text)),
  team: optional(text),
  sponsor: optional(text),
  site: optional(text),
  timeZone: optional(text),
  hours: optional(mapOf(text)),
  away: optional(listOf(away)),
  switchedOn: optional(yes),
  attributes: optional(mapOf(anything)),
  caps: optional(caps),
  maxOpen: optional(whole(0)),
});

/** A user as the file has them: registered, and then perhaps switched off or deactivated. */
export interface ScenarioUser {
  readonly user: NewUser;
  readonly active: boolean;
  readonly switchedOn: boolean;
}

export const readUser = textOr<ScenarioUser>(
  (id) => asUser({ id }),
  (value, path) => asUser(wholeUser(value, path)),
);

function asUser(read: ReturnType<typeof wholeUser>): ScenarioUser {
  const { id, email, active = true, switchedOn = true, sponsor, ...profile } = read;
  return {
    user: {
      ...profile,
      userId: id as UserId,
      email: email ?? `${id}@example.com`,
      ...(sponsor === undefined ? {} : { sponsor: sponsor as UserId }),
    },
    active,
    switchedOn,
  };
}

const leadFields = {
  source: optional(text),
  email: optional(text),
  phone: optional(text),
  country: optional(text),
  region: optional(text),
  postcode: optional(text),
  site: optional(text),
  page: optional(text),
  group: optional(text),
  status: optional(text),
  score: optional(number),
  owner: optional(text),
  attributes: optional(mapOf(anything)),
};
const wholeLead = shape({ id: text, ...leadFields });
export type ScenarioLead = ReturnType<typeof wholeLead>;
export const readLead = textOr<ScenarioLead>((id) => ({ id }), wholeLead);
export const manyLeads = { ...leadFields };
