import type { OrganizationId, Unit } from '@lead-rotator/event-sourcing';

const monday = Date.parse('2026-01-05T09:00:00Z');

/** A unit of so many events without meaning, for tests of what carries events. */
export function noteUnit(id: string, events: number): Unit {
  return {
    id,
    guards: [],
    events: Array.from({ length: events }, (_, place) => ({
      type: 'NoteAdded',
      version: 1,
      at: monday,
      organizationId: 'default' as OrganizationId,
      actor: 'service:tests',
      cause: 'request:1',
      tags: [],
      data: { text: `${id} ${place}` },
    })),
  };
}
