import type { Scene } from '@lead-rotator/claim';
import { isRejected } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent, RecordedLeadEvent } from '@lead-rotator/lead-events';
import type { Decide } from './decide-again.ts';
import { decisionBegunByVersion2 } from './deciders-2.ts';

/**
 * The decisions of version 1 of the deciders, by what they did otherwise than version 2: a lead that was closed before it
 * was decided got an owner all the same, and who had been passed over was not recorded where a stand-in got the lead, or
 * nobody was left for it.
 */
export function decisionBegunByVersion1(event: RecordedLeadEvent): ReturnType<typeof decisionBegunByVersion2> {
  const decide = decisionBegunByVersion2(event);
  if (typeof decide === 'string') return decide;
  const before: Decide = (scene, at) => {
    const result = decide(openAgain(scene), at);
    return isRejected(result) ? result : result.map(withoutPassedOver);
  };
  return before;
}

/** Closing decided nothing. */
function openAgain(scene: Scene): Scene {
  const { lead } = scene;
  return lead.closed !== undefined && lead.ownerId === undefined
    ? { ...scene, lead: { ...lead, decided: false } }
    : scene;
}

function withoutPassedOver(event: LeadRotatorEvent): LeadRotatorEvent {
  const { data } = event;
  if (!('passedOver' in data) || !isUntold(event)) return event;
  const { passedOver: _, more: __, ...told } = data as Record<string, unknown>;
  return { ...event, data: told } as unknown as LeadRotatorEvent;
}

function isUntold({ type, data }: LeadRotatorEvent): boolean {
  switch (type) {
    case 'LeadAssigned':
    case 'LeadReassigned':
    case 'ReassignmentsExhausted':
      return true;
    case 'LeadLeftUnassigned':
    case 'LeadTakenAway':
      return data.notice === 'exhausted' || data.why.reason === 'backup' || data.why.reason === 'rotation-owner';
    default:
      return false;
  }
}
