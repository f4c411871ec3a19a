import {
  CommandHandler,
  distributionProjection,
  distributionSnapshots,
  PostgresSnapshots,
  PostgresTurns,
  type Projection,
} from '@lead-rotator/command-handling';
import { type EventBus, LeadBusStrategy, Leases } from '@lead-rotator/event-bus';
import type { EventLog } from '@lead-rotator/event-log';
import { TableProjector } from '@lead-rotator/read-models';
import type { Distribution } from '@lead-rotator/rotation';
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
  topics,
} from '@lead-rotator/service-host';
import { Module, type Provider } from '@nestjs/common';
import type { Registry } from 'prom-client';
import { PROJECTION } from './access/projection.ts';
import { ActsConsumer, slaGroup } from './acts/acts.consumer.ts';
import { ActsController } from './acts/acts.controller.ts';
import { ActsTakenIn } from './acts/acts-taken-in.ts';
import { RecordActs } from './acts/record-acts.handler.ts';
import { SlaWork } from './background/sla.work.ts';
import { SlaTablesProjection } from './background/sla-tables.projection.ts';
import { DeadlineTicker } from './deadlines/deadline.ticker.ts';
import { DeadlineTable } from './deadlines/deadline-table.ts';
import { DeadlineWatch } from './deadlines/deadline-watch.ts';
import { DeadlinesController } from './deadlines/deadlines.controller.ts';
import { Deadlines } from './deadlines/deadlines.read-model.ts';
import { DeadlinesSource } from './deadlines/deadlines.source.ts';
import { FireDeadlines } from './deadlines/fire-deadlines.handler.ts';
import { DeclineController } from './leads/decline.controller.ts';
import { DeclineLeads } from './leads/decline-leads.handler.ts';
import { SlaMetrics } from './sla-metrics.ts';
import { ReleaseWaiting } from './waiting/release-waiting.handler.ts';
import { WaitingTable } from './waiting/waiting-table.ts';
import { WarnOwners } from './warnings/warn-owners.handler.ts';
import { WarningTable } from './warnings/warning-table.ts';

/** Deciding: the projection, and everything that takes decisions on it. */
const deciding: Provider[] = [
  { provide: SlaMetrics, inject: [METRICS], useFactory: (registry: Registry) => new SlaMetrics(registry) },
  {
    provide: PROJECTION,
    inject: [EVENT_LOG, DATABASE],
    useFactory: (log: EventLog, { pool }: Database) =>
      distributionProjection(log, new PostgresSnapshots(pool, distributionSnapshots)),
  },
  {
    provide: CommandHandler,
    inject: [EVENT_LOG, PROJECTION, MonotonicClock, DATABASE],
    useFactory: (log: EventLog, projection: Projection<Distribution>, clock: MonotonicClock, { pool }: Database) =>
      new CommandHandler(log, projection, () => clock.now(), new PostgresTurns(pool)),
  },
  {
    provide: RecordActs,
    inject: [EVENT_LOG, CommandHandler, SlaMetrics],
    useFactory: (log: EventLog, commands: CommandHandler, metrics: SlaMetrics) =>
      new RecordActs(log, commands, metrics),
  },
  {
    provide: ActsTakenIn,
    inject: [EVENT_BUS],
    useFactory: (bus: EventBus) =>
      new ActsTakenIn(bus, { topic: topics.activities, groupId: LeadBusStrategy.groupId(slaGroup) }),
  },
  {
    provide: DeclineLeads,
    inject: [CommandHandler],
    useFactory: (commands: CommandHandler) => new DeclineLeads(commands),
  },
];

/** The tables of open deadlines and waiting leads, and what is in memory of them. */
const tables: Provider[] = [
  { provide: DeadlinesSource, inject: [DATABASE], useFactory: ({ url }: Database) => DeadlinesSource.open(url) },
  {
    provide: Deadlines,
    inject: [DeadlinesSource],
    useFactory: (source: DeadlinesSource) => new Deadlines(source.rows),
  },
  {
    provide: DeadlineWatch,
    inject: [DATABASE],
    useFactory: ({ pool }: Database) => new DeadlineWatch(new DeadlineTable(pool)),
  },
  {
    provide: TableProjector,
    inject: [DATABASE, EVENT_LOG, DeadlineWatch],
    useFactory: ({ pool }: Database, log: EventLog, watch: DeadlineWatch) =>
      new TableProjector(pool, log, new SlaTablesProjection((changes) => watch.written(changes))),
  },
];

/** What goes on without being asked. */
const background: Provider[] = [
  {
    provide: FireDeadlines,
    inject: [CommandHandler, SlaMetrics, LOGGER, MonotonicClock],
    useFactory: (commands: CommandHandler, metrics: SlaMetrics, logger: Logger, clock: MonotonicClock) =>
      new FireDeadlines(commands, metrics, logger, () => clock.now()),
  },
  {
    provide: ReleaseWaiting,
    inject: [DATABASE, CommandHandler, PROJECTION, SlaMetrics, LOGGER, MonotonicClock],
    useFactory: (
      { pool }: Database,
      commands: CommandHandler,
      distribution: Projection<Distribution>,
      metrics: SlaMetrics,
      logger: Logger,
      clock: MonotonicClock,
    ) =>
      new ReleaseWaiting({
        table: new WaitingTable(pool),
        commands,
        distribution,
        metrics,
        logger,
        clock: () => clock.now(),
      }),
  },
  {
    provide: WarnOwners,
    inject: [DATABASE, CommandHandler, SlaMetrics, LOGGER, MonotonicClock],
    useFactory: (
      { pool }: Database,
      commands: CommandHandler,
      metrics: SlaMetrics,
      logger: Logger,
      clock: MonotonicClock,
    ) => new WarnOwners({ table: new WarningTable(pool), commands, metrics, logger, clock: () => clock.now() }),
  },
  {
    provide: DeadlineTicker,
    inject: [DeadlineWatch, ActsTakenIn, FireDeadlines, WarnOwners, ReleaseWaiting, SlaMetrics, LOGGER, MonotonicClock],
    useFactory: (
      watch: DeadlineWatch,
      acts: ActsTakenIn,
      fire: FireDeadlines,
      warn: WarnOwners,
      release: ReleaseWaiting,
      metrics: SlaMetrics,
      logger: Logger,
      clock: MonotonicClock,
    ) => new DeadlineTicker({ watch, acts, fire, warn, release, metrics, logger, clock: () => clock.now() }),
  },
  {
    provide: SlaWork,
    inject: [
      PROJECTION,
      TableProjector,
      DeadlineTicker,
      DATABASE,
      Health,
      LOGGER,
      SlaMetrics,
      Deadlines,
      CommandHandler,
    ],
    useFactory: (
      projection: Projection<Distribution>,
      tables: TableProjector,
      ticker: DeadlineTicker,
      { pool }: Database,
      health: Health,
      logger: Logger,
      metrics: SlaMetrics,
      deadlines: Deadlines,
      commands: CommandHandler,
    ) => {
      metrics.conflicts(() => commands.conflicts);
      metrics.openDeadlines(() => deadlines.count());
      metrics.tableLag(() => tables.lag);
      return new SlaWork({
        projection,
        tables,
        ticker,
        leases: new Leases({ pool, logger }),
        health,
        logger,
      });
    },
  },
];

@Module({
  controllers: [ActsConsumer, ActsController, DeclineController, DeadlinesController],
  providers: [...deciding, ...tables, ...background],
})
class SlaModule {}

export const sla: Service = {
  name: slaGroup,
  module: SlaModule,
  api: { title: 'SLA', about: 'what owners do with their leads, and until when they have to claim them' },
  consumes: {},
};
