import type { NewEvent, OrganizationId, RecordedEvent, Tag, Unit } from '@lead-rotator/event-sourcing';
import type { ContactDirectory } from '../contacts/contact-directory.ts';
import type { EventLog, ReadPage } from '../event-log.ts';

export const acme = 'acme' as OrganizationId;
const monday = Date.parse('2026-01-05T09:00:00Z');

/** The log of the test that runs. */
export type LogOfTest = () => EventLog & { readonly contacts: ContactDirectory };

/** An event for the tests of a log. */
export function sampleEvent(changes: Partial<NewEvent> = {}): NewEvent {
  return {
    type: 'NoteAdded',
    version: 1,
    at: monday,
    organizationId: acme,
    actor: 'service:tests',
    cause: 'request:r-1',
    tags: ['note:1' as Tag],
    data: { text: 'call back' },
    ...changes,
  };
}

/** A unit for the tests of a log: one sample event, no guards. */
export function sampleUnit(id: string, changes: Partial<Unit> = {}): Unit {
  return { id, events: [sampleEvent()], guards: [], ...changes };
}

export const tag = (text: string) => text as Tag;

export const positionOf = (event: RecordedEvent) => event.position;

/** A page without the contents of its events. */
export function summary({ events, readTo, head }: ReadPage) {
  return { positions: events.map(positionOf), readTo, head };
}
