import type { LeadId, RotationId, UserId } from '@lead-rotator/lead-events';
import { ClosedLeads } from './closed-leads.ts';
import type { LeadRecord } from './lead-record.ts';
import { LocalTime } from './local-time.ts';
import type { RotationRecord } from './rotation-record.ts';
import type { UserRecord } from './user-record.ts';

/** What the log says of one organization so far, kept by a reading of the events of its own. */
export class OrganizationLedger {
  readonly users = new Map<UserId, UserRecord>();
  readonly rotations = new Map<RotationId, RotationRecord>();
  /** Leads that are not closed. */
  readonly leads = new Map<LeadId, LeadRecord>();
  readonly closed = new ClosedLeads();
  /** Some member has a filter, so that what conditions ask for must be kept of each lead. */
  hasFilters = false;
  time: LocalTime = timeIn('UTC');

  constructor(readonly organizationId: string) {}

  timeOf(record: { readonly time: LocalTime | undefined } | undefined): LocalTime {
    return record?.time ?? this.time;
  }
}

const times = new Map<string, LocalTime>();

/** The clock of a time zone, one for all who live in it. */
export function timeIn(zone: string): LocalTime {
  const time = times.get(zone) ?? new LocalTime(zone);
  times.set(zone, time);
  return time;
}
