import { encodeEvent } from '@lead-rotator/event-bus';
import type { EventLog } from '@lead-rotator/event-log';
import {
  type Channel,
  type Delivery,
  type DueNotification,
  structuredEvent,
  type WebhookEndpoint,
} from '@lead-rotator/notification';

/** Posts events to the endpoint, each as it stands on the topic. */
export class WebhookChannel implements Channel {
  readonly name = 'webhook';
  readonly concurrency = 16;

  constructor(
    private readonly log: EventLog,
    private readonly endpoint: WebhookEndpoint,
  ) {}

  async deliver({ position }: DueNotification): Promise<Delivery> {
    const [{ events }, logId] = await Promise.all([
      this.log.read({ after: position - 1, until: position, open: true }),
      this.log.id(),
    ]);
    const event = events[0];
    if (event === undefined) return { outcome: 'skipped', reason: 'not in the log' };
    return this.endpoint.post(`${logId}_${position}`, structuredEvent(encodeEvent(event, logId)));
  }
}
