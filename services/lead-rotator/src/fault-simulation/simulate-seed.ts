import './virtual-time/builtins.ts';

import { Chance } from './chance.ts';
import { checkWorld, missingIn } from './check-world.ts';
import { drawFaults } from './faults/draw-faults.ts';
import { injectFaults } from './faults/inject-faults.ts';
import { Observer } from './traffic/observer.ts';
import { drawTeam, setUp } from './traffic/team.ts';
import { drawTraffic, Traffic, trafficMilliseconds } from './traffic/traffic.ts';
import { World } from './world.ts';

const second = 1_000;
/** Healing has taken too long. */
const healMilliseconds = 180 * second;

/** What a seed has come to. */
export interface SeedResult {
  readonly seed: number;
  /** What is wrong; empty when all is well. */
  readonly wrong: readonly string[];
  /** How many events are in the log. */
  readonly events: number;
  /** How many steps were done, in how many milliseconds of virtual time. */
  readonly steps: number;
  readonly milliseconds: number;
}

/** To change something in the world before it begins, or to look into it afterwards. */
export type Prepare = (world: World) => void;

/**
 * Leads and acts come in to two copies of each service, faults come, then all heals, time goes on until nothing happens
 * any more, and what is there is checked. The seed decides everything: the same one comes to the same, step by step.
 */
export async function simulateSeed(seed: number, prepare: Prepare = () => {}): Promise<SeedResult> {
  const chance = new Chance(seed);
  const world = new World(chance);
  prepare(world);
  const observer = new Observer(world.log);
  const begun = world.time.now;
  const team = drawTeam(chance);
  await setUp(world, team);
  const traffic = new Traffic(world, chance, observer, team.members);
  world.startAll();
  traffic.start(drawTraffic(chance));
  const faults = drawFaults(chance);
  injectFaults(world, faults);
  await world.time.runUntil(begun + Math.max(faults.end, trafficMilliseconds));
  const missing = await untilQuiet(world, traffic, observer);
  return {
    seed,
    wrong: [...missing, ...(await checkWorld(world, observer))],
    events: observer.position,
    steps: world.time.steps,
    milliseconds: world.time.now - begun,
  };
}

/** What is missing for good. */
async function untilQuiet(world: World, traffic: Traffic, observer: Observer): Promise<string[]> {
  const limit = world.time.now + healMilliseconds;
  for (let before = -1; ; before = observer.position) {
    await world.time.runUntil(world.time.now + second);
    await observer.look();
    const missing = missingIn(world, traffic, observer);
    if (missing.length === 0 && before === observer.position) return [];
    if (world.time.now > limit) return ['it does not become quiet', ...missing];
  }
}
