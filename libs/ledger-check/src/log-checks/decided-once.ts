import type { LeadRecord } from '../ledger/lead-record.ts';
import type { MakeLogCheck, Recorded } from './log-check.ts';
import { placeOf } from './place-of.ts';

/** What was waiting or offered is decided once more by these steps; nothing else decides a second time. */
const stepsOfTheWaiting = ['waiting', 'offer-over', 'picked-up'];

/** From a capture, or a reroute, there is one decision. */
export const decidedOnce: MakeLogCheck = ({ report }) => {
  const look = (event: Recorded<'LeadAssigned' | 'LeadLeftUnassigned'>, lead: LeadRecord | undefined) => {
    if (lead === undefined || lead.stage === 'undecided' || lead.stage === 'offered') return;
    const { step } = event.data.why;
    if (lead.waits && stepsOfTheWaiting.includes(step)) return;
    const since = new Date(lead.since).toISOString();
    report('decided-twice', placeOf(event), { decision: event.type, step, stage: lead.stage, since });
  };
  return {
    on: {
      LeadAssigned: (event, ledger) => look(event, ledger.leads.get(event.data.leadId)),
      LeadLeftUnassigned: (event, ledger) => look(event, ledger.leads.get(event.data.leadId)),
    },
  };
};
