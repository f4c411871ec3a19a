import type { IncomingMessage } from '@lead-rotator/event-bus';
import type { ActivityId, LeadId } from '@lead-rotator/lead-events';
import { standInOfMessage } from '@lead-rotator/lead-intake';
import { readInboundMessage, UnreadableMessage } from '@lead-rotator/service-host';
import { acceptActivity } from './accept-activity.ts';
import type { Act } from './act.ts';

const longestId = 200;

/**
 * The act that a message of `leads.activities` tells of. Its id is its own, else the CloudEvent's, else the place of
 * the message; it was done when it says so, else at the time of the CloudEvent, else of the message.
 * @throws UnreadableMessage or InvalidRequest when nobody will ever be able to use it.
 */
export function actOfMessage(message: IncomingMessage): Act {
  const { organizationId, data, cloudEventId, cloudEventTime, traceparent } = readInboundMessage(message);
  const activity = acceptActivity(data);
  const activityId = activity.id ?? standInOfMessage(message, cloudEventId);
  if (activityId.length > longestId) {
    throw new UnreadableMessage(`the id of the CloudEvent is longer than ${longestId} characters`);
  }
  const time = activity.occurredAt ?? cloudEventTime;
  const { topic, partition, offset, timestamp } = message;
  return {
    context: {
      organizationId,
      actor: `source:${topic}`,
      cause: `message:${topic}/${partition}/${offset}`,
      ...(traceparent === undefined ? {} : { traceparent }),
    },
    leadId: activity.leadId as LeadId,
    activityId: activityId as ActivityId,
    by: activity.by,
    kind: activity.kind,
    automated: activity.automated ?? false,
    occurredAt: time === undefined ? timestamp : Date.parse(time),
  };
}
