import {
  CommandHandler,
  distributionProjection,
  distributionSnapshots,
  PostgresSnapshots,
  PostgresTurns,
  type Projection,
} from '@lead-rotator/command-handling';
import { Leases } from '@lead-rotator/event-bus';
import { type ContactDirectory, type EventLog, mergeTagPartitions } from '@lead-rotator/event-log';
import { TableProjector } from '@lead-rotator/read-models';
import type { Distribution } from '@lead-rotator/rotation';
import {
  CONTACT_DIRECTORY,
  DATABASE,
  type Database,
  EVENT_LOG,
  Health,
  LOGGER,
  type Logger,
  METRICS,
  MonotonicClock,
  type Service,
  Settings,
} from '@lead-rotator/service-host';
import { Module, type Provider } from '@nestjs/common';
import type { Registry } from 'prom-client';
import { RouterWork } from './background/router.work.ts';
import { PostgresDecidedCursor } from './backstop/postgres-decided-cursor.ts';
import { RecentDecisions } from './backstop/recent-decisions.ts';
import { SweepUndecided } from './backstop/sweep-undecided.handler.ts';
import { DecideLeads } from './decisions/decide-leads.handler.ts';
import { LeadCapturedConsumer, routerBus } from './decisions/lead-captured.consumer.ts';
import { MeasuredLog } from './decisions/measured-log.ts';
import { ChangeConfiguration } from './distribution/change-configuration.handler.ts';
import { DISTRIBUTION, Distributions } from './distribution/distributions.ts';
import { DefinitionHistoryController } from './history/definition-history.controller.ts';
import { RotationHistoryController } from './history/rotation-history.controller.ts';
import { LeadTablesProjection } from './lead-tables/lead-tables.projection.ts';
import { HandOverController } from './leads/hand-over.controller.ts';
import { LeadActionsController } from './leads/lead-actions.controller.ts';
import { LeadsController } from './leads/leads.controller.ts';
import { LeaveInactiveOwners } from './leads/leave-inactive-owners.handler.ts';
import { WorkLeads } from './leads/work-leads.handler.ts';
import { NoticesController } from './notices/notices.controller.ts';
import { Notices } from './notices/notices.read-model.ts';
import { CalendarsController } from './organization/calendars.controller.ts';
import { OrganizationController } from './organization/organization.controller.ts';
import { PagesController } from './organization/pages.controller.ts';
import { TerritoriesController } from './organization/territories.controller.ts';
import { OwnedLeads } from './owned-leads/owned-leads.read-model.ts';
import { OwnedLeadsSource } from './owned-leads/owned-leads.source.ts';
import { PickUpFromQueue } from './queues/pick-up-from-queue.handler.ts';
import { QueueController } from './queues/queue.controller.ts';
import { UnassignedController } from './queues/unassigned.controller.ts';
import { UnassignedLeads } from './queues/unassigned-leads.read-model.ts';
import { ReportsController } from './reports/reports.controller.ts';
import { Reports } from './reports/reports.read-model.ts';
import { shareProjection } from './reports/share-projection.ts';
import { MembersController } from './rotations/members.controller.ts';
import { RotationsController } from './rotations/rotations.controller.ts';
import { RouterMetrics } from './router-metrics.ts';
import { RuleDrafts } from './rules/rule-drafts.ts';
import { RuleVersions } from './rules/rule-versions.ts';
import { RulesController } from './rules/rules.controller.ts';
import { TrialController } from './trial/trial.controller.ts';
import { TryLead } from './trial/try-lead.handler.ts';
import { UserLeadsController } from './users/user-leads.controller.ts';
import { UsersController } from './users/users.controller.ts';

/** Deciding: the projection, and everything that takes decisions on it. */
const deciding: Provider[] = [
  { provide: RouterMetrics, inject: [METRICS], useFactory: (registry: Registry) => new RouterMetrics(registry) },
  {
    provide: RecentDecisions,
    inject: [MonotonicClock],
    useFactory: (clock: MonotonicClock) => new RecentDecisions(() => clock.now()),
  },
  {
    provide: MeasuredLog,
    inject: [EVENT_LOG, RouterMetrics, RecentDecisions],
    useFactory: (log: EventLog, metrics: RouterMetrics, recent: RecentDecisions) =>
      new MeasuredLog(log, metrics, (events) => recent.note(events)),
  },
  {
    provide: DISTRIBUTION,
    inject: [MeasuredLog, DATABASE],
    useFactory: (log: EventLog, { pool }: Database) =>
      distributionProjection(log, new PostgresSnapshots(pool, distributionSnapshots)),
  },
  {
    provide: CommandHandler,
    inject: [MeasuredLog, DISTRIBUTION, MonotonicClock, DATABASE],
    useFactory: (log: EventLog, projection: Projection<Distribution>, clock: MonotonicClock, { pool }: Database) =>
      new CommandHandler(log, projection, () => clock.now(), new PostgresTurns(pool)),
  },
  {
    provide: DecideLeads,
    inject: [CommandHandler, RouterMetrics, LOGGER],
    useFactory: (handler: CommandHandler, metrics: RouterMetrics, logger: Logger) =>
      new DecideLeads(handler, metrics, logger),
  },
  { provide: WorkLeads, inject: [CommandHandler], useFactory: (handler: CommandHandler) => new WorkLeads(handler) },
  {
    provide: ChangeConfiguration,
    inject: [CommandHandler],
    useFactory: (handler: CommandHandler) => new ChangeConfiguration(handler),
  },
  {
    provide: Distributions,
    inject: [EVENT_LOG, DISTRIBUTION, MonotonicClock],
    useFactory: (log: EventLog, projection: Projection<Distribution>, clock: MonotonicClock) =>
      new Distributions(log, projection, () => clock.now()),
  },
];

/** Who has which lead, queues, notices. */
const tables: Provider[] = [
  { provide: OwnedLeadsSource, inject: [DATABASE], useFactory: ({ url }: Database) => OwnedLeadsSource.open(url) },
  {
    provide: OwnedLeads,
    inject: [OwnedLeadsSource],
    useFactory: (source: OwnedLeadsSource) => new OwnedLeads(source.rows),
  },
  {
    provide: TableProjector,
    inject: [DATABASE, EVENT_LOG],
    useFactory: ({ pool }: Database, log: EventLog) =>
      new TableProjector(pool, log, new LeadTablesProjection(log), 500),
  },
];

/** Queues, notices and reports. */
const leadTables: Provider[] = [
  {
    provide: UnassignedLeads,
    inject: [DATABASE],
    useFactory: ({ pool }: Database) => new UnassignedLeads(pool),
  },
  { provide: Notices, inject: [DATABASE], useFactory: ({ pool }: Database) => new Notices(pool) },
  {
    provide: PickUpFromQueue,
    inject: [Distributions, UnassignedLeads, WorkLeads, EVENT_LOG, TableProjector],
    useFactory: (...parts: ConstructorParameters<typeof PickUpFromQueue>) => new PickUpFromQueue(...parts),
  },
  {
    provide: Reports,
    inject: [DATABASE, EVENT_LOG],
    useFactory: ({ pool }: Database, log: EventLog) => new Reports(pool, shareProjection(log)),
  },
];

/** What goes on without being asked. */
const background: Provider[] = [
  {
    provide: SweepUndecided,
    inject: [EVENT_LOG, DATABASE, RecentDecisions, DecideLeads, RouterMetrics, LOGGER, MonotonicClock, Settings],
    useFactory: (
      log: EventLog,
      { pool }: Database,
      recent: RecentDecisions,
      decideLeads: DecideLeads,
      metrics: RouterMetrics,
      logger: Logger,
      clock: MonotonicClock,
      settings: Settings,
    ) =>
      new SweepUndecided({
        log,
        cursor: new PostgresDecidedCursor(pool),
        recent,
        decideLeads,
        metrics,
        logger,
        now: () => clock.now(),
        delayMilliseconds: settings.undecidedAfterSeconds * 1000,
      }),
  },
  {
    provide: LeaveInactiveOwners,
    inject: [DISTRIBUTION, OwnedLeads, DecideLeads, TableProjector],
    useFactory: (...parts: ConstructorParameters<typeof LeaveInactiveOwners>) => new LeaveInactiveOwners(...parts),
  },
  {
    provide: RouterWork,
    inject: [
      DISTRIBUTION,
      TableProjector,
      DATABASE,
      SweepUndecided,
      LeaveInactiveOwners,
      Health,
      RouterMetrics,
      LOGGER,
    ],
    useFactory: (
      projection: Projection<Distribution>,
      ownedLeads: TableProjector,
      { pool }: Database,
      sweep: SweepUndecided,
      inactive: LeaveInactiveOwners,
      health: Health,
      metrics: RouterMetrics,
      logger: Logger,
    ) =>
      new RouterWork({
        projection,
        ownedLeads,
        leases: new Leases({ pool, logger }),
        sweep,
        inactive,
        mergeTags: () => mergeTagPartitions(pool),
        health,
        metrics,
        logger,
      }),
  },
];

/** What is set besides users and rotations. */
const configuring = [
  OrganizationController,
  CalendarsController,
  TerritoriesController,
  PagesController,
  RulesController,
  TrialController,
  RotationHistoryController,
  DefinitionHistoryController,
];

/** Rules before they are published, and what they would come to. */
const trying: Provider[] = [
  { provide: RuleDrafts, inject: [DATABASE], useFactory: ({ pool }: Database) => new RuleDrafts(pool) },
  { provide: RuleVersions, inject: [EVENT_LOG], useFactory: (log: EventLog) => new RuleVersions(log) },
  {
    provide: TryLead,
    inject: [Distributions, EVENT_LOG, CONTACT_DIRECTORY, Settings],
    useFactory: (distributions: Distributions, log: EventLog, contacts: ContactDirectory, settings: Settings) =>
      new TryLead(distributions, log, contacts, settings.defaultCountry),
  },
];

@Module({
  controllers: [
    LeadCapturedConsumer,
    UsersController,
    UserLeadsController,
    RotationsController,
    MembersController,
    UnassignedController,
    LeadsController,
    HandOverController,
    LeadActionsController,
    QueueController,
    NoticesController,
    ReportsController,
    ...configuring,
  ],
  providers: [...deciding, ...tables, ...leadTables, ...background, ...trying],
})
class RouterModule {}

export const router: Service = {
  name: routerBus.group,
  module: RouterModule,
  api: { title: 'Router', about: 'users, rotations, and who owns which lead and why' },
  consumes: { ignores: routerBus.ignores },
  bodyLimits: {
    '/leads/hand-over': 256 * 1024,
    '/rotations': 256 * 1024,
    // Ten thousand members by ids as they are made here.
    '/rotations/*/members/order': 512 * 1024,
    '/rules/draft': 768 * 1024,
  },
};
