import type { RecordedLeadEvent } from '@lead-rotator/lead-events';
import type { Place } from '../fault.ts';

/** Where an event stands, and which lead and rotation it is about. */
export function placeOf({ organizationId, position, data }: RecordedLeadEvent): Place {
  return {
    organizationId,
    position,
    ...('leadId' in data && data.leadId !== undefined ? { leadId: data.leadId } : {}),
    ...('rotationId' in data && data.rotationId !== undefined ? { rotationId: data.rotationId } : {}),
  };
}
