import type { LeadRotatorEvent, RecordedLeadEvent } from '@lead-rotator/lead-events';

/**
 * Whether an event comes from deciders before a version: then it moves the state as they moved it, so that what they
 * decided next comes out again. An event that is not recorded yet comes from those of today.
 */
export function decidedBefore(event: LeadRotatorEvent | RecordedLeadEvent, version: number): boolean {
  return 'position' in event && (event.decider ?? 1) < version;
}
