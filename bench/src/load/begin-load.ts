import { setUpTeam, TestCluster } from '@lead-rotator/test-cluster';
import { Arrivals } from '../flow/arrivals.ts';
import { floodByKafka } from '../flow/flood-by-kafka.ts';
import { flowTeam } from '../flow/flow-team.ts';
import { productTopics } from '../flow/lead-topics.ts';
import { describeMachine } from '../machine.ts';
import { SteadyLeads } from './steady-leads.ts';

const warmUp = 10_000;
const measured = 30_000;

export interface Load {
  readonly cluster: TestCluster;
  readonly arrivals: Arrivals;
  readonly leads: SteadyLeads;
  /** Leads per second at most, as found in one flood. */
  readonly top: number;
}

/** Two routers, intake, SLA service and relay as processes around a real Kafka, warmed up; prints the machine and the top rate. */
export async function beginLoad(): Promise<Load> {
  const processes = [['intake'], ['router'], ['router'], ['sla'], ['relay']];
  const cluster = await TestCluster.start({ kafka: true, processes });
  try {
    console.log(await describeMachine(cluster.databaseUrl));
    await setUpTeam(cluster.handler, flowTeam);
    const arrivals = await Arrivals.follow(cluster.bus, productTopics);
    const flood = (name: string, count: number) => floodByKafka(cluster.bus, productTopics, arrivals, name, count);
    await flood('warm', warmUp);
    const top = await flood('top', measured);
    console.log(`top rate: ${top.toFixed(0)} leads/s`);
    return { cluster, arrivals, leads: new SteadyLeads(cluster.bus, arrivals), top };
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}
