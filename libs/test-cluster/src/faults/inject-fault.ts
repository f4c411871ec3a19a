import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceProcess } from '../service-process.ts';
import type { TestCluster } from '../test-cluster.ts';
import type { DrawnFault, FaultTarget } from './draw-faults.ts';

/** As often as this in a row, the answer of the database to somebody's statement is lost on the way. */
const answersLost = 5;

/** Does it to the cluster, and resolves when what was ended was started again: the next may come before it is ready. */
export async function injectFault(cluster: TestCluster, fault: DrawnFault): Promise<void> {
  switch (fault.kind) {
    case 'process-killed': {
      const process = processOf(cluster, fault);
      await process.end('SIGKILL');
      await sleep(fault.lasts);
      return process.launch();
    }
    case 'process-stopped': {
      const process = processOf(cluster, fault);
      process.signal('SIGSTOP');
      await sleep(fault.lasts);
      return process.signal('SIGCONT');
    }
    case 'postgres-killed':
      return cluster.killPostgres(fault.lasts);
    case 'broker-killed':
      await cluster.broker?.kill();
      await sleep(fault.lasts);
      return cluster.broker?.restart();
    case 'answers-lost':
      for (let lost = 0; lost < answersLost; lost += 1) await cluster.proxy?.loseNextAnswer();
      return;
    case 'connections-cut':
      return cluster.proxy?.cut();
  }
}

/** The fault in words, with what it is done to. */
export function describeFault(cluster: TestCluster, fault: FaultTarget): string {
  return 'process' in fault ? `${fault.kind}: ${processOf(cluster, fault)}` : fault.kind;
}

function processOf(cluster: TestCluster, { process }: Extract<FaultTarget, { process: number }>): ServiceProcess {
  const found = cluster.processes[process];
  if (found === undefined) throw new Error(`the cluster has no process ${process}`);
  return found;
}
