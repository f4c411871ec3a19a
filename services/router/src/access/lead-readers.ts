import { type LeadState, mayReadLead, toReadLead } from '@lead-rotator/claim';
import type { Right } from './rights.ts';

/** Of a lead, which is personal data. */
export const readersOf = (lead: LeadState): Right => ({
  needs: toReadLead,
  holds: ({ isApi, user }, distribution) => isApi || (user !== undefined && mayReadLead(distribution, user, lead)),
});
