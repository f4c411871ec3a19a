import { CommandHandler, distributionProjection } from '@lead-rotator/command-handling';
import { LeadBusStrategy, Leases } from '@lead-rotator/event-bus';
import { TableProjector } from '@lead-rotator/read-models';
import { Health, topics } from '@lead-rotator/service-host';
import {
  ActsConsumer,
  ActsController,
  ActsTakenIn,
  DeadlineTable,
  DeadlineTicker,
  DeadlineWatch,
  DeclineLeads,
  FireDeadlines,
  RecordActs,
  ReleaseWaiting,
  SlaMetrics,
  SlaTablesProjection,
  SlaWork,
  slaGroup,
  WaitingTable,
  WarningTable,
  WarnOwners,
} from '@lead-rotator/sla';
import { Registry } from 'prom-client';
import { type CopyParts, consume, logger, newClock } from './copy-parts.ts';

/** An SLA service as its module puts it together; what is returned takes the requests. */
export function startSla({ log, pool, bus }: CopyParts) {
  const clock = newClock();
  const now = () => clock.now();
  const metrics = new SlaMetrics(new Registry());
  const projection = distributionProjection(log);
  const commands = new CommandHandler(log, projection, now);
  const record = new RecordActs(log, commands, metrics);
  const acts = new ActsTakenIn(bus, { topic: topics.activities, groupId: LeadBusStrategy.groupId(slaGroup) });
  const watch = new DeadlineWatch(new DeadlineTable(pool));
  const tables = new TableProjector(pool, log, new SlaTablesProjection((changes) => watch.written(changes)));
  const parts = { commands, metrics, logger, clock: now };
  const ticker = new DeadlineTicker({
    ...parts,
    watch,
    acts,
    fire: new FireDeadlines(commands, metrics, logger, now),
    warn: new WarnOwners({ ...parts, table: new WarningTable(pool) }),
    release: new ReleaseWaiting({ ...parts, table: new WaitingTable(pool), distribution: projection }),
  });
  const work = new SlaWork({
    projection,
    tables,
    ticker,
    leases: new Leases({ pool, logger }),
    health: new Health(),
    logger,
  });
  work.onApplicationBootstrap();
  consume(new ActsConsumer(record, acts, clock, bus), ['take', 'takeAgain'], { bus, group: slaGroup, now });
  return { acts: new ActsController(record, clock), decline: new DeclineLeads(commands) };
}
