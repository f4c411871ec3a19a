import type { TestCluster } from '@lead-rotator/test-cluster';
import { checkCaughtUp } from '../../flow/check-caught-up.ts';
import { productTopics } from '../../flow/lead-topics.ts';
import type { Findings, RoutingSystem } from './routing-system.ts';

/** What a cluster of the product needs beside its routers. */
export const productProcesses = [['intake'], ['router'], ['sla'], ['relay']];

/** The product on a cluster that was started with `productProcesses`. */
export const product = (cluster: TestCluster): RoutingSystem => ({
  topics: productTopics,
  leadsPerRun: 24_000,
  addRouter: async () => {
    await cluster.addProcess(['router']);
  },
  killRouter: async () => {
    await cluster.running('router').at(-1)?.end('SIGKILL');
  },
  check: async () => {
    const { output, stdout } = await checkCaughtUp(cluster, '--json');
    if (stdout === '') throw new Error(`the check did not run: ${output}`);
    return (JSON.parse(stdout) as { faultCounts: Findings }).faultCounts;
  },
});
