import { setTimeout as sleep } from 'node:timers/promises';
import type { TestCluster } from '@lead-rotator/test-cluster';

/** The product's own check at the end of a measurement: without it a figure does not count. */
export async function checkFlow(cluster: TestCluster): Promise<boolean> {
  // The read models may be some seconds behind.
  await sleep(5_000);
  const { exitCode, output } = await cluster.command('check');
  console.log(output.trimEnd());
  return exitCode === 0;
}
