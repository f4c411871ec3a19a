import { parseArgs } from 'node:util';
import { setUpTeam, TestCluster } from '@lead-rotator/test-cluster';
import { formatSpread, spreadOf } from './figures.ts';
import { Arrivals } from './flow/arrivals.ts';
import { checkFlow } from './flow/check-flow.ts';
import { CpuShares } from './flow/cpu-shares.ts';
import { DatabaseShares } from './flow/database-shares.ts';
import { floodByHttp } from './flow/embedded.ts';
import { floodByKafka } from './flow/flood-by-kafka.ts';
import { flowTeam } from './flow/flow-team.ts';
import { formatLatency, measureLatency } from './flow/latency.ts';
import { productTopics } from './flow/lead-topics.ts';
import { describeMachine } from './machine.ts';

/**
 * Leads from the way in to their owner: one rotation of twenty members with a claim window, sealing, deadlines and read
 * models included. Through a real Kafka, with intake, two routers, SLA service and relay as separate processes; or,
 * with `--embedded`, by HTTP through one process with everything on the local bus.
 */
export async function run(options: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...options],
    options: {
      leads: { type: 'string', default: '50000' },
      runs: { type: 'string', default: '3' },
      routers: { type: 'string', default: '2' },
      embedded: { type: 'boolean', default: false },
      'no-latency': { type: 'boolean', default: false },
    },
  });
  const routers = Array.from({ length: Number(values.routers) }, () => ['router']);
  const processes = values.embedded ? [['all']] : [['intake'], ...routers, ['sla'], ['relay']];
  const cluster = await TestCluster.start({ kafka: !values.embedded, processes });
  try {
    console.log(await describeMachine(cluster.databaseUrl));
    await setUpTeam(cluster.handler, flowTeam);
    const arrivals = values.embedded ? undefined : await Arrivals.follow(cluster.bus, productTopics);
    const flood = (prefix: string, count: number) =>
      arrivals === undefined
        ? floodByHttp(cluster, prefix, count)
        : floodByKafka(cluster.bus, productTopics, arrivals, prefix, count);
    await flood('warm', 10_000);
    await measureThroughput(cluster, flood, Number(values.leads), Number(values.runs));
    if (arrivals !== undefined && !values['no-latency']) {
      for (const rate of [100, 500]) {
        const cpu = new CpuShares(cluster.pids());
        const { way, hop } = await measureLatency(cluster.bus, productTopics, arrivals, rate, 15);
        console.log(
          `  ${rate} leads/s: the whole way ${formatLatency(way)}; LeadCaptured to LeadAssigned ${formatLatency(hop)}`,
        );
        for (const line of cpu.perLead(rate * 15)) console.log(line);
      }
    }
    await arrivals?.stop();
    return await checkFlow(cluster);
  } finally {
    await cluster.stop();
  }
}

/** Several runs, each with what every process used of the processors. */
async function measureThroughput(
  cluster: TestCluster,
  flood: (prefix: string, count: number) => Promise<number>,
  leads: number,
  runs: number,
): Promise<void> {
  const rates: number[] = [];
  for (let number = 0; number < runs; number += 1) {
    const cpu = new CpuShares(cluster.pids());
    const database = await DatabaseShares.begin(cluster.databaseUrl);
    const rate = await flood(`run-${number}`, leads);
    rates.push(rate);
    console.log(`run ${number + 1}: ${rate.toFixed(0)} leads/s; processor time:`);
    for (const line of cpu.perLead(leads)) console.log(line);
    console.log('  of PostgreSQL, by connection:');
    for (const line of await database.perLead(leads)) console.log(line);
  }
  console.log(`throughput, ${leads} leads a run: ${formatSpread(spreadOf(rates), 0)} leads/s`);
}
