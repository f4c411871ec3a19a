import './virtual-time/builtins.ts';
import { describe, expect, it } from '@jest/globals';
import type { InMemoryEventLog } from '@lead-rotator/event-log';
import type { Prepare } from './simulate-seed.ts';
import type { World } from './world.ts';

// Jest hands out what Node's modules export as soon as anybody imports them, so nobody may before timers are replaced.
const { simulateSeed } = await import('./simulate-seed.ts');

const minute = 60_000;
const events = 'leads.events';

type ApplyAll = InMemoryEventLog['applyAll'];
type Unit = Parameters<ApplyAll>[0][number];

/** What the log is handed in place of the units that processes send. */
const changing =
  (change: (unit: Unit) => Unit): Prepare =>
  ({ log }) => {
    const applyAll = log.applyAll.bind(log);
    log.applyAll = (units) => applyAll(units.map(change));
  };

let others = 0;

/** What keeps the product whole, each switched off at the server, whatever the services do. */
const switchedOff: readonly (readonly [what: string, Prepare, noticed: RegExp])[] = [
  ['guards', changing((unit) => ({ ...unit, guards: [], unit: { ...unit.unit, guards: [] } })), /turn-number/],
  ['the deduplication by unit id', changing((unit) => ({ ...unit, key: `${unit.key} ${++others}` })), /captured-twice/],
  [
    'the order of the relay',
    ({ broker }) => {
      const append = broker.append.bind(broker);
      broker.append = (topic, partition, messages, ...producer) =>
        append(topic, partition, topic === events ? messages.toReversed() : messages, ...producer);
    },
    /order-on-topic/,
  ],
];

describe('the simulation of faults', () => {
  it('comes to the same when a seed comes again, step by step and event by event', async () => {
    const run = async (seed: number) => {
      const worlds: World[] = [];
      const result = await simulateSeed(seed, (world) => worlds.push(world));
      const { events } = (await worlds[0]?.log.read({ limit: 10_000, open: true })) ?? {};
      return { result, events };
    };
    const [first, again, other] = [await run(7), await run(7), await run(8)];
    expect(first.events?.length).toBeGreaterThan(50);
    expect(again).toEqual(first);
    expect(other.events).not.toEqual(first.events);
  });

  it.each(switchedOff)(
    'notices within a few seeds when %s is switched off',
    async (_what, prepare, noticed) => {
      const found: string[] = [];
      for (let seed = 1; seed <= 20 && !noticed.test(found.join()); seed += 1) {
        found.push(...(await simulateSeed(seed, prepare)).wrong);
      }
      expect(found.join()).toMatch(noticed);
    },
    5 * minute,
  );
});
