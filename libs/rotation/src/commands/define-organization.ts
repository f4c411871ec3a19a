import { type EpochMilliseconds, Rejection } from '@lead-rotator/event-sourcing';
import type { Calendar, Condition, LeadRotatorEvent, RotationId, Rule, UserId } from '@lead-rotator/lead-events';
import type { Distribution, OrganizationSettings } from '../distribution.ts';
import { invalid, type RefusalCode } from '../refusal.ts';
import { findZone } from '../zone.ts';
import { faultsOfCondition } from './check-condition.ts';
import { checkedAway, faultOfHours, whyNot } from './check-profile.ts';
import { faultsOfRules } from './check-rules.ts';

type Result = readonly LeadRotatorEvent[] | Rejection<RefusalCode>;
type Optional<Settings> = { readonly [Key in keyof Settings]?: Settings[Key] | undefined };

const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const isCountry = (code: string): boolean => /^[A-Z]{2}$/.test(code) && countries.of(code) !== undefined;

const iso = (at: EpochMilliseconds): string => new Date(at).toISOString();

/** What is named becomes new, the rest stays. */
export function changeOrganization(
  _distribution: Distribution,
  settings: Optional<OrganizationSettings>,
  at: EpochMilliseconds,
): Result {
  const { timeZone, country } = settings;
  if (timeZone !== undefined && findZone(timeZone) === undefined) {
    return invalid('timeZone', `${timeZone} is no time zone`);
  }
  if (country !== undefined && !isCountry(country)) {
    return invalid('country', `${country} is no country; write it like DE`);
  }
  const named = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  if (Object.keys(named).length === 0) return [];
  return [{ type: 'OrganizationSettingsChanged', data: { ...named, at: iso(at) } }];
}

/** New, or with other hours. One that is never open is refused. */
export function defineCalendar(
  _distribution: Distribution,
  calendar: Calendar & { readonly calendarId: string },
  at: EpochMilliseconds,
): Result {
  const { timeZone, hours, holidays } = calendar;
  if (timeZone !== undefined && findZone(timeZone) === undefined) {
    return invalid('timeZone', `${timeZone} is no time zone`);
  }
  return (
    faultOfHours(hours) ??
    whyNot('holidays', () => holidays?.map((date) => checkedAway({ from: date, to: date }))) ?? [
      { type: 'CalendarDefined', data: { ...calendar, at: iso(at) } },
    ]
  );
}

/** New, or with another condition. A territory does not refer to territories. */
export function defineTerritory(
  distribution: Distribution,
  territory: { readonly territoryId: string; readonly condition: Condition },
  at: EpochMilliseconds,
): Result {
  return (
    faultsOfCondition(distribution, territory.condition, { inTerritory: true }) ?? [
      { type: 'TerritoryDefined', data: { ...territory, at: iso(at) } },
    ]
  );
}

/** New, or its leads go another way. */
export function definePage(
  distribution: Distribution,
  page: { readonly pageId: string; readonly ownerId: UserId; readonly rotationId?: RotationId },
  at: EpochMilliseconds,
): Result {
  const { ownerId, rotationId } = page;
  if (distribution.users.get(ownerId) === undefined)
    return new Rejection('unknown-user', { path: 'owner', userId: ownerId });
  if (rotationId !== undefined && distribution.rotations.get(rotationId) === undefined) {
    return new Rejection('unknown-rotation', { path: 'rotation', rotationId });
  }
  return [{ type: 'PageDefined', data: { ...page, at: iso(at) } }];
}

/** Publishes a set of rules as a whole; the last of them is the default and has no condition. */
export function publishRules(distribution: Distribution, rules: readonly Rule[], at: EpochMilliseconds): Result {
  const ruleSet = (distribution.ruleSet?.version ?? 0) + 1;
  return (
    faultsOfRules(distribution, rules) ?? [
      { type: 'RulesPublished', data: { ruleSet, rules: [...rules], at: iso(at) } },
    ]
  );
}
