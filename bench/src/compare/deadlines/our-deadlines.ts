import { randomUUID } from 'node:crypto';
import type { PostgresEventLog } from '@lead-rotator/event-log';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { type LeadId, toNewEvent, type UserId } from '@lead-rotator/lead-events';
import { setUpTeam, type TestCluster } from '@lead-rotator/test-cluster';
import { checkDeadlines } from '../../deadlines/check-deadlines.ts';
import { fillDeadlines, members, rotationId } from '../../deadlines/fill-deadlines.ts';
import { untilOpen } from '../../deadlines/until-open.ts';
import { watchReassignments } from '../../deadlines/watch-reassignments.ts';
import { quantile } from '../../figures.ts';
import { cpuSeconds } from '../../flow/cpu-shares.ts';
import type { DeadlineFigures } from './deadline-figures.ts';

const hour = 3_600_000;
const together = 1_000;
const context = { organizationId: defaultOrganization, actor: 'user:bench', cause: 'request:bench' } as const;

/** Deadlines of the product: events of the log, which the SLA services keep in a table and turn into reassignments. */
export async function measureOurDeadlines(
  cluster: TestCluster,
  count: number,
  noticeMilliseconds: number,
): Promise<DeadlineFigures> {
  const { log, databaseUrl } = cluster;
  await setUpTeam(cluster.handler, { rotationId, members, claim: { within: 100 * hour } });
  const far = Date.now() + 100 * hour;
  const setting = performance.now();
  await fillDeadlines(log, { prefix: 'claimed', count, turn: 1, due: () => far, captured: false });
  await untilOpen(databaseUrl, count);
  const setSeconds = (performance.now() - setting) / 1_000;
  const cancelling = performance.now();
  await claim(log, 'claimed', count);
  await untilOpen(databaseUrl, 0);
  const cancelSeconds = (performance.now() - cancelling) / 1_000;

  const burst = async (prefix: string, turn: number, onSeen?: (seen: number) => void) => {
    const after = await log.head();
    const due = Date.now() + noticeMilliseconds;
    const dues = await fillDeadlines(log, { prefix, count, turn, due: () => due, captured: true });
    const faults = Date.now() > due ? [`written ${Date.now() - due} ms too late`] : [];
    const fired = await watchReassignments(log, after, dues, 120_000, onSeen);
    return { fired, faults: [...faults, ...(await checkDeadlines(log, dues))] };
  };
  const calm = await burst('calm', count + 1);
  let killing: Promise<void> | undefined;
  const kill = await burst('kill', 3 * count + 1, (seen) => {
    if (seen >= count / 2) killing ??= killBusiest(cluster);
  });
  await killing;
  const { seconds, lagMilliseconds } = calm.fired;
  return {
    setPerSecond: count / setSeconds,
    cancelledPerSecond: count / cancelSeconds,
    firedPerSecond: count / seconds,
    p50: quantile(lagMilliseconds, 0.5),
    p99: quantile(lagMilliseconds, 0.99),
    kill: {
      until: kill.fired.seconds,
      lost: kill.faults.filter((fault) => fault.endsWith('never fired')).length,
      doubled: kill.faults.filter((fault) => fault.endsWith('twice')).length,
    },
    faults: [...calm.faults, ...kill.faults],
  };
}

/** SIGKILL to the copy that fires: the one that has worked more. */
async function killBusiest(cluster: TestCluster): Promise<void> {
  const worked = ({ pid }: { readonly pid: number | undefined }) => cpuSeconds(pid ?? 0);
  const [busiest] = cluster.running('sla').toSorted((one, other) => worked(other) - worked(one));
  await busiest?.end('SIGKILL');
}

/** Ends the deadlines of these leads as acts of their owners do, a unit each. */
async function claim(log: PostgresEventLog, prefix: string, count: number): Promise<void> {
  const at = new Date().toISOString();
  const units = Array.from({ length: count }, (_, number) => {
    const ownerId = members[number % members.length] as UserId;
    const data = { leadId: `${prefix}-${number}` as LeadId, contactIds: [], ownerId, at };
    return { id: randomUUID(), guards: [], events: [toNewEvent({ type: 'LeadClaimed', data }, context)] };
  });
  for (let from = 0; from < count; from += together) await log.appendAll(units.slice(from, from + together));
}
