import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandResult, TestCluster } from '@lead-rotator/test-cluster';

const readModelsBehindMilliseconds = 5_000;

/** Runs `lead-rotator check` when the read models have had the time to catch up: what is missing then is missing. */
export async function checkCaughtUp(cluster: TestCluster, ...options: string[]): Promise<CommandResult> {
  await sleep(readModelsBehindMilliseconds);
  return cluster.command('check', ...options);
}
