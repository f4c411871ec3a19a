import type { TestCluster } from '@lead-rotator/test-cluster';
import { checkCaughtUp } from './check-caught-up.ts';

/** The product's own check at the end of a measurement: without it a figure does not count. */
export async function checkFlow(cluster: TestCluster): Promise<boolean> {
  const { exitCode, output } = await checkCaughtUp(cluster);
  console.log(output.trimEnd());
  return exitCode === 0;
}
