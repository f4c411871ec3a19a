import { describe, expect, it } from '@jest/globals';
import { defaultOrganization, type RecordedEvent } from '@lead-rotator/event-sourcing';
import { eventDefinitions } from '@lead-rotator/lead-events';
import { waitingChanges } from './waiting-changes.ts';

const types = [
  'LeadStatusChanged',
  'LeadTakenAway',
  'LeadStatusChanged',
  'LeadAssigned',
  'LeadStatusChanged',
  'ReassignmentPending',
  'LeadTakenAway',
] as const;

const events = types.map((type, index): RecordedEvent => {
  const { sample, version } = eventDefinitions[type];
  const waits = type === 'LeadTakenAway' ? { waits: 'for-somebody' } : {};
  return {
    type,
    version,
    data: { ...sample, ...waits },
    position: index + 1,
    at: Date.parse(sample.at),
    organizationId: defaultOrganization,
    actor: 'service:spec',
    cause: 'request:1',
  };
});

/** What the table holds when the statements of each page are executed. */
function tableAfter(...pages: readonly RecordedEvent[][]) {
  const rows = new Map<string, object>();
  for (const { ended, began, changed } of pages.map(waitingChanges)) {
    for (const { leadId } of ended) rows.delete(leadId);
    for (const lead of began) rows.set(lead.leadId, { ...lead, changed: 0 });
    for (const { leadId, position } of changed) {
      const row = rows.get(leadId);
      if (row !== undefined) rows.set(leadId, { ...row, changed: position });
    }
  }
  return [...rows.values()];
}

describe('the table of waiting leads', () => {
  it.each(events.map(({ position }) => position))('is the same however the events up to %i are paged', (to) => {
    const known = events.slice(0, to);
    const oneByOne = tableAfter(...known.map((event) => [event]));
    for (let cut = 0; cut <= to; cut += 1) {
      expect({ cut, rows: tableAfter(known.slice(0, cut), known.slice(cut)) }).toEqual({ cut, rows: oneByOne });
    }
  });
});
