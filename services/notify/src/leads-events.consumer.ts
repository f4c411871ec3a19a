import { EventBatch, OwnLog, type ReceivedBatch, type ReceivedEvent, typesExcept } from '@lead-rotator/event-bus';
import type { EventLog } from '@lead-rotator/event-log';
import type { Position } from '@lead-rotator/event-sourcing';
import { definitionOf, type LeadRotatorEventType } from '@lead-rotator/lead-events';
import {
  type ChannelName,
  defaultWebhookEvents,
  isMailed,
  mailedEvents,
  mailRecipients,
  type Notification,
  Outbox,
} from '@lead-rotator/notification';
import { EVENT_LOG, MonotonicClock, notificationsTopic, Settings, topics } from '@lead-rotator/service-host';
import { Controller, Inject } from '@nestjs/common';
import { isChannelName } from './notify.metrics.ts';
import { NotifyWork } from './notify.work.ts';
import { channelHeader, recipientHeader } from './resent-headers.ts';

/** Consumer group, and name of the service. */
export const notifyGroup = 'notify';

const everyType = typesExcept() as LeadRotatorEventType[];

/** The events that webhooks tell under these settings; none without an endpoint. */
const webhookEvents = ({ webhookUrl, webhookEvents }: Settings): readonly LeadRotatorEventType[] =>
  webhookUrl === undefined ? [] : (webhookEvents ?? defaultWebhookEvents);

/** Of the topic, what nobody is told of. */
export function notTold(settings: Settings): string[] {
  return typesExcept(...webhookEvents(settings), ...(settings.smtpUrl === undefined ? [] : mailedEvents));
}

/** Puts into the outbox what has to be told. Told it is from there, so that a slow receiver holds up no partition. */
@Controller()
export class LeadsEventsConsumer {
  readonly #toldByWebhook: ReadonlySet<string>;
  readonly #mails: boolean;
  /** The outbox names events by position. */
  readonly #ownLog: OwnLog;
  #restored: Position | undefined;

  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly outbox: Outbox,
    private readonly work: NotifyWork,
    private readonly clock: MonotonicClock,
    settings: Settings,
  ) {
    this.#toldByWebhook = new Set(webhookEvents(settings));
    this.#ownLog = new OwnLog(log);
    this.#mails = settings.smtpUrl !== undefined;
  }

  /** Done when all that is to be told of the batch is in the outbox. */
  @EventBatch({ group: notifyGroup, topic: topics.events, types: everyType })
  async take({ events: all }: ReceivedBatch): Promise<void> {
    await this.#ownLog.require(all);
    const restored = await this.#restoredUpTo();
    const events = all.filter(({ position }) => position > restored);
    const webhooks = events.filter(({ type }) => this.#toldByWebhook.has(type));
    await this.#add(
      'webhook',
      webhooks.map((event) => notificationOf(event, '')),
    );
    if (!this.#mails) return;
    const mails = events.flatMap((event) =>
      isMailed(event) ? mailRecipients(event).map((userId) => notificationOf(event, userId)) : [],
    );
    await this.#add('mail', mails);
  }

  /** After a restore the whole log is published anew, behind where this group has begun. */
  async #restoredUpTo(): Promise<Position> {
    this.#restored ??= await this.log.restoredUpTo();
    return this.#restored;
  }

  /** What was refused and is sent in again. */
  @EventBatch({ group: notifyGroup, topic: notificationsTopic, types: everyType })
  async takeAgain({ messages, events, putAside }: ReceivedBatch): Promise<void> {
    await this.#ownLog.require(events);
    for (const [index, event] of events.entries()) {
      const message = messages[index];
      const channel = message?.headers[channelHeader]?.toString();
      const recipient = message?.headers[recipientHeader]?.toString() ?? '';
      if (isChannelName(channel)) {
        await this.outbox.reopen(channel, [notificationOf(event, recipient)], this.clock.now());
        this.work.wake(channel);
      } else if (message !== undefined) putAside(message, `the header ${channelHeader} names no way out`);
    }
  }

  async #add(channel: ChannelName, notifications: readonly Notification[]): Promise<void> {
    if (notifications.length === 0) return;
    await this.outbox.add(channel, notifications, this.clock.now());
    this.work.wake(channel);
  }
}

function notificationOf(event: ReceivedEvent, recipient: string): Notification {
  const { position, organizationId, type, data } = event;
  return { position, recipient, organizationId, subject: definitionOf(type)?.key(data) ?? type };
}
