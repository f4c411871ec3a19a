import type { EventLog } from '@lead-rotator/event-log';
import { type OrganizationId, type RecordedEvent, unreachable } from '@lead-rotator/event-sourcing';
import { configurationTag, type LeadRotatorEvent, readEvent } from '@lead-rotator/lead-events';
import { type Definition, defineCalendar, definePage, defineTerritory } from '@lead-rotator/rotation';
import type { Decide } from '../distribution/in-turn.ts';
import { withSettings } from './explain-change.ts';

type Defined = Extract<LeadRotatorEvent, { type: 'CalendarDefined' | 'TerritoryDefined' | 'PageDefined' }>;
type Deleted = Extract<LeadRotatorEvent, { type: 'CalendarDeleted' | 'TerritoryDeleted' | 'PageDeleted' }>;
export type DefinitionChange = (Defined | Deleted) & Omit<RecordedEvent, 'type' | 'data'>;

const types = {
  calendar: ['CalendarDefined', 'CalendarDeleted'],
  territory: ['TerritoryDefined', 'TerritoryDeleted'],
  page: ['PageDefined', 'PageDeleted'],
} as const satisfies Record<Definition['kind'], readonly DefinitionChange['type'][]>;

/** All that was ever said of a calendar, a territory or a page, the oldest first; that it was deleted, too. */
export async function changesOfDefinition(
  log: EventLog,
  organizationId: OrganizationId,
  { kind, id }: Definition,
): Promise<DefinitionChange[]> {
  const recorded = await log.readByTags({ organizationId, tags: [configurationTag], types: types[kind] });
  const changes = recorded.map((one) => readEvent(one) as DefinitionChange);
  return changes.filter((change) => nameIn(change) === id);
}

function nameIn({ data }: DefinitionChange): string {
  if ('calendarId' in data) return data.calendarId;
  return 'territoryId' in data ? data.territoryId : data.pageId;
}

export const isDeletion = (change: DefinitionChange): change is Deleted & DefinitionChange =>
  change.type.endsWith('Deleted');

/** What was changed, in a sentence for the person who asks. */
export function explainDefinition(change: DefinitionChange): string {
  if (isDeletion(change)) return 'Deleted.';
  const said = Object.entries(change.data).filter(([field]) => !unsaid.has(field));
  return `Defined${withSettings(Object.fromEntries(said))}.`;
}

const unsaid: ReadonlySet<string> = new Set(['calendarId', 'territoryId', 'pageId', 'at']);

/** Says again what was said then. */
export function defineAgain(change: Defined): Decide {
  return (distribution, now) => {
    switch (change.type) {
      case 'CalendarDefined': {
        const { at: _, ...calendar } = change.data;
        return defineCalendar(distribution, calendar, now);
      }
      case 'TerritoryDefined': {
        const { at: _, ...territory } = change.data;
        return defineTerritory(distribution, territory, now);
      }
      case 'PageDefined': {
        const { at: _, ...page } = change.data;
        return definePage(distribution, page, now);
      }
      default:
        return unreachable(change);
    }
  };
}
