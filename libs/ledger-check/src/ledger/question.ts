import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { LeadRecord } from './lead-record.ts';
import type { OrganizationLedger } from './organization-ledger.ts';
import type { RotationRecord } from './rotation-record.ts';

/** Who of a rotation could have a lead at an instant? */
export interface Question {
  readonly ledger: OrganizationLedger;
  readonly rotation: RotationRecord;
  readonly lead: LeadRecord;
  readonly at: EpochMilliseconds;
}
