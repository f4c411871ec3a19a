import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { RecordedLeadEvent } from '@lead-rotator/lead-events';
import type { MakeLogCheck } from './log-check.ts';
import { placeOf } from './place-of.ts';

/**
 * The time of a decision is never before that of the newest event it was taken on: of its lead, and, for turns and
 * changes of a rotation, of that rotation. Events of different leads may overtake each other between processes.
 */
export const timeGoesForward: MakeLogCheck = ({ report }) => {
  const latest = new Map<string, EpochMilliseconds>();
  const compare = (key: string, event: RecordedLeadEvent) => {
    const before = latest.get(key);
    if (before !== undefined && event.at < before) {
      report('time-back', placeOf(event), { at: iso(event.at), before: iso(before), of: key.split('/')[1] });
    } else {
      latest.set(key, event.at);
    }
  };
  return {
    onEvery(event, ledger) {
      const rotationId = movedRotation(event);
      if (rotationId !== undefined) compare(`${ledger.organizationId}/rotation:${rotationId}`, event);
      if (!('leadId' in event.data) || event.data.leadId === undefined) return;
      const lead = ledger.leads.get(event.data.leadId);
      if (lead === undefined) return;
      if (event.at < lead.latest) {
        report('time-back', placeOf(event), { at: iso(event.at), before: iso(lead.latest), of: 'lead' });
      }
    },
  };
};

/** The rotation that the event changes or whose turn it is: decided with the rotation guarded, so never before it. */
function movedRotation({ data }: RecordedLeadEvent): string | undefined {
  if (!('rotationId' in data)) return undefined;
  return 'turn' in data || !('leadId' in data) ? data.rotationId : undefined;
}

const iso = (at: EpochMilliseconds): string => new Date(at).toISOString();
