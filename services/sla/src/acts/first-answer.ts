import type { EventLog } from '@lead-rotator/event-log';
import { leadTag, readEvent } from '@lead-rotator/lead-events';
import { readLead } from '../leads/read-lead.ts';
import type { Act } from './act.ts';
import { type ActAnswer, answerTo } from './act-answer.ts';

/** What was answered when the act was recorded: from the log, as the lead stood then. */
export async function firstAnswer(log: EventLog, act: Act): Promise<ActAnswer> {
  const { leadId, activityId } = act;
  const { organizationId } = act.context;
  const acts = await log.readByTags({ organizationId, tags: [leadTag(leadId)], types: ['LeadActivityRecorded'] });
  for (const recorded of acts) {
    const { type, data } = readEvent(recorded);
    if (type !== 'LeadActivityRecorded' || data.activityId !== activityId) continue;
    const lead = await readLead(log, organizationId, leadId, recorded.position);
    return { ...answerTo(data, lead?.ownerId), repeated: true };
  }
  throw new Error(`act ${activityId} of lead ${leadId} counts as known and is not in the log`);
}
