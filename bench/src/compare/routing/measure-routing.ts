import type { EventBus } from '@lead-rotator/event-bus';
import { Arrivals } from '../../flow/arrivals.ts';
import { floodByKafka, sendLeads } from '../../flow/flood-by-kafka.ts';
import { measureLatency } from '../../flow/latency.ts';
import type { Kill, Poison, RoutingFigures, RoutingSystem } from './routing-system.ts';

const latencySeconds = 12;
const poisonMilliseconds = 15_000;
const killMilliseconds = 120_000;

export interface RoutingPlan {
  readonly runs: number;
  /** Leads of the run in which a router is killed. */
  readonly killLeads: number;
  readonly poisonLeads: number;
}

/** The same measurements, in the same order, whatever the system. The poison message comes last: it may be the end. */
export async function measureRouting(system: RoutingSystem, bus: EventBus, plan: RoutingPlan): Promise<RoutingFigures> {
  const { topics } = system;
  const arrivals = await Arrivals.follow(bus, topics);
  try {
    const flood = (prefix: string, count: number) => floodByKafka(bus, topics, arrivals, prefix, count);
    const measure = async (prefix: string) => {
      await flood(`${prefix}-warm`, system.leadsPerRun / 4);
      const rates: number[] = [];
      for (let run = 0; run < plan.runs; run += 1) rates.push(await flood(`${prefix}-${run}`, system.leadsPerRun));
      return rates;
    };
    const oneRouter = await measure('one');
    const latencies = await measureLatency(bus, topics, arrivals, 100, latencySeconds);
    await system.addRouter();
    const twoRouters = await measure('two');
    const found = await system.check();
    const kill = await measureKill(system, bus, arrivals, plan.killLeads);
    const foundAfterKill = await system.check();
    const poison = await measurePoison(system, bus, arrivals, plan.poisonLeads);
    return { oneRouter, latencies, twoRouters, found, kill, foundAfterKill, poison };
  } finally {
    await arrivals.stop();
  }
}

async function measureKill(system: RoutingSystem, bus: EventBus, arrivals: Arrivals, leads: number): Promise<Kill> {
  const [before, againBefore] = [arrivals.assigned.size, arrivals.assignedAgain];
  await sendLeads(bus, system.topics, 'kill', leads);
  await arrivals.untilAssigned(before + leads / 2, killMilliseconds);
  const killed = performance.now();
  await system.killRouter();
  await arrivals.untilAssigned(before + leads, killMilliseconds);
  const after = [...arrivals.assigned.values()].filter((at) => at > killed).sort((a, b) => a - b);
  const pauses = after.map((at, index) => at - (after[index - 1] ?? killed));
  return {
    leads,
    silence: Math.max(...pauses) / 1_000,
    until: ((after.at(-1) ?? killed) - killed) / 1_000,
    again: arrivals.assignedAgain - againBefore,
  };
}

async function measurePoison(system: RoutingSystem, bus: EventBus, arrivals: Arrivals, leads: number): Promise<Poison> {
  const expected = arrivals.assigned.size + leads;
  const began = performance.now();
  await sendLeads(bus, system.topics, 'before', leads / 2);
  await bus.publish(system.topics.inbound, [{ key: 'poison', value: Buffer.from('{ no JSON'), headers: {} }]);
  await sendLeads(bus, system.topics, 'behind', leads / 2);
  await arrivals.untilAssigned(expected, poisonMilliseconds).catch(() => undefined);
  return { leads, heldUp: expected - arrivals.assigned.size, until: (performance.now() - began) / 1_000 };
}
