import { EventBatch, type IncomingMessage, type ReceivedBatch } from '@lead-rotator/event-bus';
import { acceptLead, leadIdOf, standInOfMessage } from '@lead-rotator/lead-intake';
import {
  type InboundMessage,
  InvalidRequest,
  readInboundMessage,
  topics,
  UnreadableMessage,
} from '@lead-rotator/service-host';
import { Controller } from '@nestjs/common';
import { CaptureLeads } from './capture-leads.handler.ts';
import type { CaptureRequest } from './capture-request.ts';
import { IntakeMetrics } from './intake-metrics.ts';
import { OrganizationCountry } from './organization-country.ts';

interface Readable extends InboundMessage {
  readonly message: IncomingMessage;
}

/** Leads from Kafka. The offset moves on when they are on disk; who is at fault is put aside and holds nobody up. */
@Controller()
export class InboundLeadsConsumer {
  constructor(
    private readonly capture: CaptureLeads,
    private readonly country: OrganizationCountry,
    private readonly metrics: IntakeMetrics,
  ) {}

  /** @throws LogUnavailable: nothing is taken from the topic until the log is back, and then these come again. */
  @EventBatch({ group: 'intake', topic: topics.inbound })
  async take(batch: ReceivedBatch): Promise<void> {
    const refuse = (message: IncomingMessage, reason: string): void => {
      this.metrics.refused();
      batch.putAside(message, reason);
    };
    const readable = batch.messages.flatMap((message) => this.#read(message, refuse));
    const requests: CaptureRequest[] = [];
    for (const [organizationId, its] of Map.groupBy(readable, (one) => one.organizationId)) {
      const leads = its.map(({ data }) => data);
      const country = await this.country.forLeads(organizationId, leads);
      requests.push(...its.flatMap((one) => this.#accept(one, country, refuse)));
    }
    await this.capture.capture(requests);
  }

  #read(message: IncomingMessage, refuse: (message: IncomingMessage, reason: string) => void): Readable[] {
    try {
      return [{ ...readInboundMessage(message), message }];
    } catch (error) {
      if (!(error instanceof UnreadableMessage)) throw error;
      refuse(message, error.message);
      return [];
    }
  }

  #accept(
    { organizationId, data, cloudEventId, traceparent, message }: Readable,
    country: string | undefined,
    refuse: (message: IncomingMessage, reason: string) => void,
  ): CaptureRequest[] {
    const acceptance = acceptLead(data, country);
    if (!acceptance.accepted) {
      refuse(message, new InvalidRequest(acceptance.faults).message);
      return [];
    }
    const { lead } = acceptance;
    const sourceLeadId = lead.id ?? standInOfMessage(message, cloudEventId);
    const leadId = leadIdOf(organizationId, lead.source, sourceLeadId);
    const { topic, partition, offset } = message;
    return [
      { organizationId, leadId, sourceLeadId, lead, cause: `message:${topic}/${partition}/${offset}`, traceparent },
    ];
  }
}
