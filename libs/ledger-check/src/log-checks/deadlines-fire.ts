import type { LeadRecord } from '../ledger/lead-record.ts';
import type { LogCheckContext, MakeLogCheck, Recorded } from './log-check.ts';
import { placeOf } from './place-of.ts';

/**
 * A deadline that is running fires once, not before it is due, and not much later. Late is measured from `due` to the
 * `at` of ClaimMissed, which is the time of the decision; at the end of the log, to now.
 */
export const deadlinesFire: MakeLogCheck = ({ report, settings }) => ({
  on: {
    ClaimMissed(event, ledger) {
      const lead = ledger.leads.get(event.data.leadId);
      if (lead !== undefined) checkMiss(report, event, lead, settings.deadlineTolerance);
    },
  },
  atEnd({ organizationId, leads }) {
    for (const [leadId, lead] of leads) {
      const late = settings.now - lead.due;
      if (lead.due === 0 || late <= settings.deadlineTolerance) continue;
      report('deadline-unfired', { organizationId, leadId }, { due: iso(lead.due), late, stage: lead.stage });
    }
  },
});

function checkMiss(
  report: LogCheckContext['report'],
  event: Recorded<'ClaimMissed'>,
  lead: LeadRecord,
  tolerance: number,
): void {
  const { due, ownerId } = event.data;
  if (lead.missed) {
    report('deadline-twice', placeOf(event), { due, ownerId });
    return;
  }
  if (lead.due !== Date.parse(due) || lead.stage !== 'owned' || lead.ownerId !== ownerId) {
    const running = lead.due === 0 ? null : iso(lead.due);
    report('deadline-unfounded', placeOf(event), { due, running, says: ownerId, owner: lead.ownerId ?? null });
    return;
  }
  const late = event.at - lead.due;
  if (late < 0) report('deadline-early', placeOf(event), { due, early: -late });
  if (late > tolerance) report('deadline-late', placeOf(event), { due, late });
}

const iso = (at: number): string => new Date(at).toISOString();
