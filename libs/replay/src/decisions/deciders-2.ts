import type { Scene } from '@lead-rotator/claim';
import { isRejected } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent, RecordedLeadEvent } from '@lead-rotator/lead-events';
import { mayHaveLater } from '@lead-rotator/rotation';
import type { Decide } from './decide-again.ts';
import { decisionBegunByVersion4 } from './deciders-4.ts';

/**
 * The decisions of version 2 of the deciders, by what they did otherwise than version 3: a lead that started over waited
 * only for members who were kept from it by absence, a cap or capacity; with none of these it stayed as it was.
 */
export function decisionBegunByVersion2(event: RecordedLeadEvent): ReturnType<typeof decisionBegunByVersion4> {
  const decide = decisionBegunByVersion4(event);
  if (typeof decide === 'string') return decide;
  const before: Decide = (scene, at) => {
    const result = decide(scene, at);
    return isRejected(result) ? result : result.filter((one, index) => !waitsForNobody(scene, one, result[index - 1]));
  };
  return before;
}

/** `before`: the event of the same decision right before it. */
function waitsForNobody({ distribution, lead }: Scene, event: LeadRotatorEvent, before?: LeadRotatorEvent): boolean {
  if (event.type !== 'ReassignmentPending' || before?.type !== 'ReassignmentsExhausted') return false;
  const { ownerId, rotationId } = event.data;
  const again = { facts: lead.facts, declined: lead.declined, had: [ownerId] };
  const members = distribution.rotations.get(rotationId)?.list ?? [];
  return !members.some((member) => mayHaveLater(distribution, member, again));
}
