import type { RecordedLeadEvent } from '@lead-rotator/lead-events';

/** A row of `lead_facts`. */
export interface LeadFactsRow {
  readonly organizationId: string;
  readonly leadId: string;
  readonly source: string;
  readonly group: string | null;
  status: string;
}

export interface LeadFactChanges {
  readonly captured: Map<string, LeadFactsRow>;
  /** Of leads that were captured before. */
  readonly statuses: Map<string, Pick<LeadFactsRow, 'organizationId' | 'leadId' | 'status'>>;
}

export const leadFactTypes = ['LeadCaptured', 'LeadStatusChanged'] as const;

export function foldLeadFacts(events: readonly RecordedLeadEvent[]): LeadFactChanges {
  const changes: LeadFactChanges = { captured: new Map(), statuses: new Map() };
  for (const event of events) {
    const { organizationId } = event;
    if (event.type === 'LeadCaptured') {
      const { leadId, source, group = null, status } = event.data;
      changes.captured.set(`${organizationId} ${leadId}`, { organizationId, leadId, source, group, status });
    } else if (event.type === 'LeadStatusChanged') {
      const { leadId, status } = event.data;
      const captured = changes.captured.get(`${organizationId} ${leadId}`);
      if (captured === undefined)
        changes.statuses.set(`${organizationId} ${leadId}`, { organizationId, leadId, status });
      else captured.status = status;
    }
  }
  return changes;
}
