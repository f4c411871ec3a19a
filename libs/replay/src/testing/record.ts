import { deciderVersion } from '@lead-rotator/claim';
import { type Actor, defaultOrganization } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent, RecordedLeadEvent } from '@lead-rotator/lead-events';

/** Events as a log would have recorded them. */
export const record = (events: readonly LeadRotatorEvent[], actor: Actor = 'service:router'): RecordedLeadEvent[] =>
  events.map((event, index) => ({
    ...structuredClone(event),
    position: index + 1,
    version: 1,
    at: Date.parse(event.data.at),
    organizationId: defaultOrganization,
    actor,
    cause: 'request:spec',
    decider: deciderVersion,
  }));
