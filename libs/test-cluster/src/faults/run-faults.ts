import { setTimeout as sleep } from 'node:timers/promises';
import { setUpTeam } from '../team.ts';
import { TestCluster } from '../test-cluster.ts';
import { countTraffic } from './count-traffic.ts';
import { drawFaults } from './draw-faults.ts';
import { describeFault, injectFault } from './inject-fault.ts';
import { Traffic } from './traffic.ts';

const second = 1_000;
const healMilliseconds = 180 * second;
/** Deadlines are missed by as long as the log was down or the copy in charge stood still; the check is told so. */
const latest = 120;
const members = ['ann', 'bob', 'eve', 'kim', 'tom'];
const processes = [['intake', 'relay'], ['intake', 'relay'], ['router'], ['router'], ['sla'], ['sla']];

export interface FaultRun {
  readonly seed: number;
  /** For how long faults are injected; starting, healing and checking come on top. */
  readonly milliseconds: number;
  /** Takes each fault, with the second at which it began, as it happens. */
  readonly print: (line: string) => void;
}

/** What was found when all was whole again. */
export interface FaultFindings {
  /** By `lead-rotator check`: its exit code, and what it printed. */
  readonly check: { readonly exitCode: number | null; readonly output: string };
  /** By counting what was acknowledged. */
  readonly count: readonly string[];
  readonly faults: number;
  readonly leads: number;
  readonly acts: number;
}

/**
 * Two copies of each service as processes around a Kafka and a PostgreSQL of their own, leads and acts coming in all
 * the time, and one fault after another. Then the faults stop, all heals, and what is there is checked. The faults are
 * those of the seed; when they meet what, is left to the machine. Ends whatever it has started, also when it fails.
 * @throws when no Kafka can be had, when a process does not start again, or when all is not whole after three minutes
 */
export async function runFaults({ seed, milliseconds, print }: FaultRun): Promise<FaultFindings> {
  print(`seed ${seed}, ${milliseconds / second} s`);
  const cluster = await TestCluster.start({ processes, kafka: true, cuttable: true });
  try {
    await setUpTeam(cluster.handler, { rotationId: 'web', members, claim: { within: 5 * second } });
    const traffic = new Traffic(cluster, members);
    const begun = Date.now();
    let faults = 0;
    for (const fault of drawFaults(seed, processes.length)) {
      await sleep(fault.pause);
      const at = Date.now() - begun;
      if (at > milliseconds) break;
      print(`${(at / second).toFixed(1).padStart(6)} s  ${describeFault(cluster, fault)}, ${fault.lasts} ms`);
      await injectFault(cluster, fault);
      superviseOnce(cluster, print);
      faults += 1;
    }
    const count = await untilWhole(cluster, traffic, print);
    const { exitCode, output } = await cluster.command('check', '--late', String(latest));
    return { check: { exitCode, output }, count, faults, leads: traffic.leads.size, acts: traffic.acts.size };
  } finally {
    await cluster.stop();
  }
}

/** What the count finds when it finds the same for good, or nothing and nothing is under way any more. */
async function untilWhole(cluster: TestCluster, traffic: Traffic, print: FaultRun['print']): Promise<string[]> {
  const limit = Date.now() + healMilliseconds;
  superviseOnce(cluster, print);
  await before(limit, traffic.end(), 'not everything was acknowledged');
  for (;;) {
    superviseOnce(cluster, print);
    const head = await cluster.log.head();
    const ready = await Promise.all(cluster.processes.map((process) => process.isReady()));
    const count = await countTraffic(cluster, traffic);
    // Reassignments come every five seconds as long as there is one to come.
    await sleep(6 * second);
    const still = head === (await cluster.log.head());
    if (still && count.length === 0 && ready.every(Boolean)) return count;
    if (Date.now() < limit) continue;
    const notReady = cluster.processes.filter((_, index) => !ready[index]);
    if (count.length > 0) return count;
    throw new Error(`not whole after ${healMilliseconds} ms: ${still ? '' : 'the log grows, '}not ready: ${notReady}`);
  }
}

/** Starts again what has ended by itself, as whatever keeps services running does; it may, if it cannot start without the log. */
function superviseOnce(cluster: TestCluster, print: FaultRun['print']): void {
  for (const process of cluster.processes.filter(({ hasEnded }) => hasEnded)) {
    print(`          ${process} has ended by itself: ${process.output.trimEnd().split('\n').at(-1)}`);
    process.launch();
  }
}

async function before<Result>(limit: number, result: Promise<Result>, otherwise: string): Promise<Result> {
  const late = new AbortController();
  const timer = sleep(limit - Date.now(), undefined, { signal: late.signal }).then(() => {
    throw new Error(otherwise);
  });
  timer.catch(() => {});
  try {
    return await Promise.race([result, timer]);
  } finally {
    late.abort();
  }
}
