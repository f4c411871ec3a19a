import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEventType, RecordedLeadEvent } from '@lead-rotator/lead-events';
import { claimBy, type MailedEvent } from './mail-recipients.ts';

/** No event that is older is mailed, whatever it says. */
export const oldestMailed = 24 * 3_600_000;

/** After one of these, what was told of a lead before is true no more. */
const supersedes: ReadonlySet<LeadRotatorEventType> = new Set([
  'LeadAssigned',
  'LeadReassigned',
  'LeadHandedOver',
  'LeadPickedUp',
  'LeadOffered',
  'LeadLeftUnassigned',
  'LeadTakenAway',
  'LeadClaimed',
  'ClaimDeadlineNeared',
  'LeadDeclined',
  'LeadRerouted',
  'LeadWon',
  'LeadLost',
]);

/**
 * Why an event is not mailed at this time, or undefined if it is: a mail must be true when it is sent. So an outage, a
 * replay or a topic of last year never floods anybody: of each lead at most the last word is told, and only while there
 * is something left to do about it.
 * @param life all events of its lead, in their order.
 */
export function whyNotMailed(
  event: MailedEvent,
  life: readonly RecordedLeadEvent[],
  now: EpochMilliseconds,
): string | undefined {
  if (now - event.at > oldestMailed) return 'too old';
  const until = claimBy(event);
  if (until !== undefined && now >= Date.parse(until)) return 'past its deadline';
  const isOver = life.some(({ position, type }) => position > event.position && supersedes.has(type));
  return isOver ? 'no longer so' : undefined;
}
