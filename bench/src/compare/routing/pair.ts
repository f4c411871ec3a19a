import type { EventBus } from '@lead-rotator/event-bus';
import { checkPair } from './check-pair.ts';
import { PairCluster, type PairPlan } from './pair-cluster.ts';
import type { RoutingSystem } from './routing-system.ts';

/** Starts the plain pair, lets it be measured, and ends it. */
export async function withPair<Result>(
  plan: PairPlan,
  bus: EventBus,
  measure: (pair: RoutingSystem) => Promise<Result>,
): Promise<Result> {
  const cluster = await PairCluster.start(plan, bus);
  try {
    return await measure({
      topics: cluster.topics,
      leadsPerRun: 3_000,
      addRouter: () => cluster.addRouter(),
      killRouter: () => cluster.killRouter(),
      check: () => checkPair(plan.databaseUrl, bus, cluster.topics, plan.members),
    });
  } finally {
    await cluster.stop();
  }
}
