import { type EventBus, Leases } from '@lead-rotator/event-bus';
import type { EventLog } from '@lead-rotator/event-log';
import { type Channel, MailServer, Outbox, WebhookEndpoint } from '@lead-rotator/notification';
import {
  DATABASE,
  type Database,
  EVENT_BUS,
  EVENT_LOG,
  Health,
  LOGGER,
  type Logger,
  METRICS,
  MonotonicClock,
  type Service,
  Settings,
  tellsOthers,
  topics,
} from '@lead-rotator/service-host';
import { Module, type Provider } from '@nestjs/common';
import type { Registry } from 'prom-client';
import { MailChannel } from './channels/mail.channel.ts';
import { WebhookChannel } from './channels/webhook.channel.ts';
import { LeadsEventsConsumer, notifyGroup, notTold } from './leads-events.consumer.ts';
import { NotifyMetrics } from './notify.metrics.ts';
import { NotifyWork } from './notify.work.ts';
import { Users } from './users/users.ts';

const providers: Provider[] = [
  { provide: NotifyMetrics, inject: [METRICS], useFactory: (registry: Registry) => new NotifyMetrics(registry) },
  { provide: Outbox, inject: [DATABASE], useFactory: ({ pool }: Database) => new Outbox(pool) },
  {
    provide: NotifyWork,
    inject: [Settings, Outbox, EVENT_LOG, EVENT_BUS, DATABASE, MonotonicClock, NotifyMetrics, LOGGER, Health],
    useFactory: (
      settings: Settings,
      outbox: Outbox,
      log: EventLog,
      bus: EventBus,
      { pool }: Database,
      clock: MonotonicClock,
      metrics: NotifyMetrics,
      logger: Logger,
      health: Health,
    ) => {
      const users = new Users(log);
      // Not whether receivers answer: a process that serves leads too must not be taken away for that.
      const server = mailServerOf(settings);
      if (server !== undefined) health.register('users to tell', () => users.fault);
      return new NotifyWork({
        channels: [...webhookChannels(settings, log, clock), ...mailChannels(settings, server, log, users, clock)],
        outbox,
        log,
        bus,
        leases: new Leases({ pool, logger }),
        clock,
        metrics,
        logger,
        rememberMilliseconds: settings.topicRetentionHours * 3_600_000,
        close: () => server?.close(),
      });
    },
  },
];

function webhookChannels(settings: Settings, log: EventLog, clock: MonotonicClock): Channel[] {
  const { webhookUrl: url, webhookSecret: secrets, webhookTimeoutSeconds } = settings;
  if (url === undefined || secrets === undefined) return [];
  const timeoutMilliseconds = webhookTimeoutSeconds * 1000;
  return [
    new WebhookChannel(log, new WebhookEndpoint({ url, secrets, timeoutMilliseconds, clock: () => clock.now() })),
  ];
}

function mailServerOf({ smtpUrl: url, mailFrom: from }: Settings): MailServer | undefined {
  return url === undefined || from === undefined ? undefined : new MailServer({ url, from });
}

function mailChannels(
  { leadLink }: Settings,
  server: MailServer | undefined,
  log: EventLog,
  users: Users,
  clock: MonotonicClock,
): Channel[] {
  if (server === undefined) return [];
  const link = leadLink === undefined ? {} : { link: leadLink };
  return [new MailChannel({ log, users, server, clock: () => clock.now(), ...link })];
}

@Module({ controllers: [LeadsEventsConsumer], providers })
class NotifyModule {}

/** Tells owners by mail, and other systems by webhooks, what is on the topic of events. */
export const notify: Service = {
  name: notifyGroup,
  module: NotifyModule,
  // Who switches it on wants to be told from then on, and not of years.
  consumes: (settings) => ({ ignores: { [topics.events]: notTold(settings) }, from: 'end' }),
  idle: (settings) => (tellsOthers(settings) ? undefined : 'set WEBHOOK_URL or SMTP_URL'),
};
