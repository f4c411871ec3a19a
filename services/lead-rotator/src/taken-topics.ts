import { type IncomingMessage, LeadBusStrategy } from '@lead-rotator/event-bus';
import { leadIdOfInput, standInOfMessage } from '@lead-rotator/lead-intake';
import type { TakenTopic } from '@lead-rotator/ledger-check';
import {
  earlyActsTopic,
  type InboundMessage,
  readInboundMessage,
  topics,
  UnreadableMessage,
} from '@lead-rotator/service-host';

/** The topics on which leads and acts come in, and by what a message is known again as an event. */
export const takenTopics: readonly TakenTopic[] = [
  {
    groupId: LeadBusStrategy.groupId('intake'),
    topic: topics.inbound,
    idOf: (message) =>
      ifReadable(message, ({ organizationId, data, cloudEventId }) =>
        leadIdOfInput(organizationId, data, standInOfMessage(message, cloudEventId)),
      ),
    idOfEvent: ({ type, data }) => (type === 'LeadCaptured' ? data.leadId : undefined),
  },
  {
    groupId: LeadBusStrategy.groupId('sla'),
    topic: topics.activities,
    putOffOn: earlyActsTopic,
    idOf: (message) =>
      ifReadable(message, ({ organizationId, data, cloudEventId }) => {
        const { id, leadId } = (data ?? {}) as { readonly id?: unknown; readonly leadId?: unknown };
        return `${organizationId} ${leadId} ${typeof id === 'string' ? id : standInOfMessage(message, cloudEventId)}`;
      }),
    idOfEvent: ({ type, data, organizationId }) =>
      type === 'LeadActivityRecorded' ? `${organizationId} ${data.leadId} ${data.activityId}` : undefined,
  },
];

function ifReadable(
  message: IncomingMessage,
  idOf: (inbound: InboundMessage) => string | undefined,
): string | undefined {
  try {
    return idOf(readInboundMessage(message));
  } catch (error) {
    if (error instanceof UnreadableMessage) return undefined;
    throw error;
  }
}
