import { CommandHandler, distributionProjection } from '@lead-rotator/command-handling';
import { Leases } from '@lead-rotator/event-bus';
import {
  DecideLeads,
  LeadCapturedConsumer,
  LeaveInactiveOwners,
  MeasuredLog,
  PostgresDecidedCursor,
  RecentDecisions,
  RouterMetrics,
  RouterWork,
  routerBus,
  SweepUndecided,
} from '@lead-rotator/router';
import { Health } from '@lead-rotator/service-host';
import { Registry } from 'prom-client';
import { type CopyParts, consume, logger, newClock, settings } from './copy-parts.ts';
import { OwnedLeadsInMemory } from './owned-leads-in-memory.ts';

/** A router as its module puts it together; what is returned takes the changes of users and rotations. */
export function startRouter({ log, pool, bus }: CopyParts): CommandHandler {
  const clock = newClock();
  const now = () => clock.now();
  const metrics = new RouterMetrics(new Registry());
  const recent = new RecentDecisions(now);
  const measured = new MeasuredLog(log, metrics, (events) => recent.note(events));
  const projection = distributionProjection(measured);
  const commands = new CommandHandler(measured, projection, now);
  const decideLeads = new DecideLeads(commands, metrics, logger);
  const ownedLeads = new OwnedLeadsInMemory(log);
  const sweep = new SweepUndecided({
    log,
    cursor: new PostgresDecidedCursor(pool),
    recent,
    decideLeads,
    metrics,
    logger,
    now,
    delayMilliseconds: settings.undecidedAfterSeconds * 1_000,
  });
  const work = new RouterWork({
    projection,
    ownedLeads,
    leases: new Leases({ pool, logger }),
    sweep,
    inactive: new LeaveInactiveOwners(projection, ownedLeads, decideLeads, ownedLeads),
    // The simulated log has no partitions.
    mergeTags: async () => undefined,
    health: new Health(),
    metrics,
    logger,
  });
  work.onApplicationBootstrap();
  const consumer = new LeadCapturedConsumer(log, projection, decideLeads);
  consume(consumer, ['decide'], { bus, ...routerBus, now });
  return commands;
}
