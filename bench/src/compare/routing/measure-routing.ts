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

type OfBoth<Part> = readonly [Part, Part];

interface Followed {
  readonly system: RoutingSystem;
  readonly arrivals: Arrivals;
}

/**
 * The same measurements of two systems, in turns: when the machine is slower for a while, it is so for both. The one
 * that is not measured stands still meanwhile. The poison message comes last: it may be the end.
 */
export async function measureInTurns(
  systems: OfBoth<RoutingSystem>,
  bus: EventBus,
  plan: RoutingPlan,
): Promise<OfBoth<RoutingFigures>> {
  const follow = async (system: RoutingSystem) => ({ system, arrivals: await Arrivals.follow(bus, system.topics) });
  const [one, other] = await Promise.all([follow(systems[0]), follow(systems[1])]);
  const inTurns = async <Figure>(measure: (followed: Followed) => Promise<Figure>): Promise<OfBoth<Figure>> => [
    await measure(one),
    await measure(other),
  ];
  const flood = (prefix: string, share = 1) =>
    inTurns(({ system: { topics, leadsPerRun }, arrivals }) =>
      floodByKafka(bus, topics, arrivals, prefix, leadsPerRun * share),
    );
  const floods = async (stage: string): Promise<OfBoth<number[]>> => {
    await flood(`${stage}-warm`, 1 / 4);
    const runs: OfBoth<number>[] = [];
    for (let run = 0; run < plan.runs; run += 1) runs.push(await flood(`${stage}-${run}`));
    return [runs.map(([rate]) => rate), runs.map(([, rate]) => rate)];
  };
  const check = () => inTurns(({ system }) => system.check());
  try {
    const oneRouter = await floods('one');
    const latencies = await inTurns(({ system, arrivals }) =>
      measureLatency(bus, system.topics, arrivals, 100, latencySeconds),
    );
    await inTurns(({ system }) => system.addRouter());
    const twoRouters = await floods('two');
    const found = await check();
    const kill = await inTurns(({ system, arrivals }) => measureKill(system, bus, arrivals, plan.killLeads));
    const foundAfterKill = await check();
    const poison = await inTurns(({ system, arrivals }) => measurePoison(system, bus, arrivals, plan.poisonLeads));
    const figuresOf = (which: 0 | 1): RoutingFigures => ({
      oneRouter: oneRouter[which],
      latencies: latencies[which],
      twoRouters: twoRouters[which],
      found: found[which],
      kill: kill[which],
      foundAfterKill: foundAfterKill[which],
      poison: poison[which],
    });
    return [figuresOf(0), figuresOf(1)];
  } finally {
    await Promise.all([one, other].map(({ arrivals }) => arrivals.stop()));
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
