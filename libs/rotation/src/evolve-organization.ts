import { unreachable } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent } from '@lead-rotator/lead-events';
import type { Distribution } from './distribution.ts';
import { compileAway, compileWeek } from './schedule.ts';

type OrganizationEvent = Extract<
  LeadRotatorEvent,
  {
    type:
      | 'OrganizationSettingsChanged'
      | `${'Calendar' | 'Territory' | 'Page'}${'Defined' | 'Deleted'}`
      | 'RulesPublished';
  }
>;

/** What holds for all rotations. */
export function evolveOrganization(distribution: Distribution, event: OrganizationEvent): void {
  switch (event.type) {
    case 'OrganizationSettingsChanged': {
      const { at: _, ...settings } = event.data;
      distribution.organization = { ...distribution.organization, ...settings };
      return;
    }
    case 'CalendarDefined': {
      const { calendarId, at: _, ...written } = event.data;
      const { timeZone, hours, holidays = [] } = written;
      distribution.calendars = new Map(distribution.calendars).set(calendarId, {
        ...(timeZone === undefined ? {} : { timeZone }),
        ...(hours === undefined ? {} : { week: compileWeek(hours) }),
        holidays: holidays.map((date) => compileAway({ from: date, to: date })),
        written,
      });
      return;
    }
    case 'CalendarDeleted':
      distribution.calendars = without(distribution.calendars, event.data.calendarId);
      return;
    case 'TerritoryDefined':
      distribution.territories = new Map(distribution.territories).set(event.data.territoryId, event.data.condition);
      return;
    case 'TerritoryDeleted':
      distribution.territories = without(distribution.territories, event.data.territoryId);
      return;
    case 'PageDefined':
      distribution.pages = new Map(distribution.pages).set(event.data.pageId, event.data);
      return;
    case 'PageDeleted':
      distribution.pages = without(distribution.pages, event.data.pageId);
      return;
    case 'RulesPublished':
      distribution.ruleSet = { version: event.data.ruleSet, rules: event.data.rules };
      return;
    default:
      unreachable(event);
  }
}

function without<Value>(all: ReadonlyMap<string, Value>, id: string): ReadonlyMap<string, Value> {
  const left = new Map(all);
  left.delete(id);
  return left;
}
