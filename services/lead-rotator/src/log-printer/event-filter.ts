import type { EpochMilliseconds, RecordedEvent } from '@lead-rotator/event-sourcing';

/** Which events are to be printed; whatever is not said is no condition. */
export interface EventFilter {
  readonly lead?: string;
  readonly rotation?: string;
  readonly organization?: string;
  readonly fromTime?: EpochMilliseconds;
  /** Included. */
  readonly toTime?: EpochMilliseconds;
}

/** Types are left to the log, which does not even read the others. */
export function passes(filter: EventFilter, { data, at, organizationId }: RecordedEvent): boolean {
  const { leadId, rotationId } = data as { readonly leadId?: string; readonly rotationId?: string };
  return (
    (filter.lead === undefined || filter.lead === leadId) &&
    (filter.rotation === undefined || filter.rotation === rotationId) &&
    (filter.organization === undefined || filter.organization === organizationId) &&
    (filter.fromTime === undefined || at >= filter.fromTime) &&
    (filter.toTime === undefined || at <= filter.toTime)
  );
}
