import type { Scene } from '@lead-rotator/claim';
import { isRejected } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent, RecordedLeadEvent } from '@lead-rotator/lead-events';
import { clearSegmentOf } from '@lead-rotator/rotation';
import { type Decide, decisionBegunBy } from './decide-again.ts';

/**
 * The decisions of version 4 of the deciders, by what they did otherwise than version 5: they told segments in clear, and
 * who declined a lead that a manual rotation would have given them again kept it.
 */
export function decisionBegunByVersion4(event: RecordedLeadEvent): ReturnType<typeof decisionBegunBy> {
  const decide = decisionBegunBy(event);
  if (typeof decide === 'string') return decide;
  const before: Decide = (scene, at) => {
    const result = decide(scene, at);
    if (isRejected(result)) return result;
    return result.filter((one) => !leavesDecliner(scene, one)).map((one) => withClearSegment(scene, one));
  };
  return before;
}

/** A manual rotation never says that nobody is eligible for another reason. */
function leavesDecliner({ distribution }: Scene, event: LeadRotatorEvent): boolean {
  if (event.type !== 'LeadTakenAway') return false;
  const { rotationId, why } = event.data;
  const strategy = rotationId === undefined ? undefined : distribution.rotations.get(rotationId)?.strategy.type;
  return strategy === 'manual' && why.step === 'declined' && why.reason === 'nobody-eligible';
}

function withClearSegment({ distribution, lead }: Scene, event: LeadRotatorEvent): LeadRotatorEvent {
  if (event.type !== 'LeadWon' && event.type !== 'LeadLost') return event;
  const { rotationId, segment } = event.data;
  const rotation = rotationId === undefined ? undefined : distribution.rotations.get(rotationId);
  if (segment === undefined || rotation === undefined) return event;
  return { ...event, data: { ...event.data, segment: lead.facts.segment ?? clearSegmentOf(rotation, lead.facts) } };
}
