import type { MakeLogCheck } from './log-check.ts';
import { placeOf } from './place-of.ts';

/** A lead that was won or lost changes its owner no more; acts are recorded, and its status may change. */
export const closedIsClosed: MakeLogCheck = ({ report }) => ({
  onEvery(event, ledger) {
    switch (event.type) {
      case 'LeadAssigned':
      case 'LeadReassigned':
      case 'LeadHandedOver':
      case 'LeadPickedUp':
      case 'LeadTakenAway':
      case 'LeadLeftUnassigned':
      case 'LeadOffered':
      case 'LeadRerouted':
      case 'LeadClaimed':
      case 'LeadDeclined':
      case 'ClaimMissed':
        if (ledger.closed.has(event.data.leadId)) report('event-after-close', placeOf(event), { type: event.type });
    }
  },
});
