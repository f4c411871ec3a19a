import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { BusUnavailable, OffsetsOfAnotherLog } from '@lead-rotator/event-bus';
import { ActsTakenIn } from './acts-taken-in.ts';

type Offsets = readonly (readonly [partition: number, offset: bigint])[];

/** A topic that ends at `ends`; each time it is asked, the group has come as far as the next of `commits`. */
function topic(ends: Offsets, ...commits: readonly (Offsets | Error)[]) {
  const left = [...commits];
  const clock = { time: 0 };
  const bus = {
    endOffsets: async () => new Map(ends),
    committedOffsets: async () => {
      clock.time += 1_000;
      const [next] = left.length > 1 ? left.splice(0, 1) : left;
      if (next instanceof Error) throw next;
      return new Map(next);
    },
  };
  const settings = { topic: 't', groupId: 'g', patienceMilliseconds: 5_000, clock: () => clock.time };
  return { acts: new ActsTakenIn(bus, settings), clock, left };
}

const { signal } = new AbortController();

describe('acts are taken in', () => {
  it('at once when the topic is empty', async () => {
    const { acts, clock } = topic([[0, 0n]], []);
    expect(await acts.upToNow(signal)).toBe(true);
    expect(clock.time).toBe(0);
  });

  it('when the group has come to the end of every partition', async () => {
    const { acts, left } = topic(
      [
        [0, 5n],
        [1, 2n],
      ],
      [[0, 5n]],
      [
        [0, 5n],
        [1, 1n],
      ],
      [
        [0, 9n],
        [1, 2n],
      ],
    );
    expect(await acts.upToNow(signal)).toBe(true);
    expect(left).toHaveLength(1);
  });

  it('when this copy has handled them, though nothing is committed yet', async () => {
    const { acts, clock } = topic([[0, 5n]], []);
    acts.handled(0, 5n);
    expect(await acts.upToNow(signal)).toBe(true);
    expect(clock.time).toBe(0);
  });

  it.each([
    ['has fewer messages', 9n],
    ['has as many messages, and is some seconds old', 5n],
  ])('not when what this copy has handled was on a topic that is gone, and the new one %s', async (_, handled) => {
    const { acts, clock } = topic([[0, 5n]], [], [[0, 2n]], [[0, 5n]]);
    acts.handled(0, handled);
    clock.time = 6_000;
    expect(await acts.upToNow(signal)).toBe(true);
    expect(clock.time).toBe(9_000);
  });

  it('for as long as they move, though that takes longer than the patience', async () => {
    const steps = Array.from({ length: 20 }, (_, step): Offsets => [[0, BigInt(step + 1)]]);
    const { acts, clock } = topic([[0, 20n]], ...steps);
    expect(await acts.upToNow(signal)).toBe(true);
    expect(clock.time).toBe(20_000);
  });

  it('or given up when a partition stands still, and not waited for again until it moves', async () => {
    const { acts, clock } = topic([[0, 5n]], [[0, 3n]]);
    expect(await acts.upToNow(signal)).toBe(false);
    expect(clock.time).toBe(6_000);
    expect(await acts.upToNow(signal)).toBe(false);
    expect(clock.time).toBe(7_000);
  });

  it('of the other partitions while one stands still', async () => {
    const stuck = [0, 3n] as const;
    const steps = Array.from({ length: 12 }, (_, step): Offsets => [stuck, [1, BigInt(step + 1)]]);
    const { acts, clock } = topic(
      [
        [0, 5n],
        [1, 12n],
      ],
      ...steps,
    );
    expect(await acts.upToNow(signal)).toBe(false);
    expect(clock.time).toBe(12_000);
  });

  it('or given up when the broker does not answer for longer than the patience', async () => {
    const { acts } = topic([[0, 5n]], new BusUnavailable('no broker answers'));
    expect(await acts.upToNow(signal)).toBe(false);
  });

  it('after a broker has come back', async () => {
    const { acts } = topic([[0, 5n]], new BusUnavailable('no broker answers'), [[0, 5n]]);
    expect(await acts.upToNow(signal)).toBe(true);
  });

  it('of a partition that is behind for as long as ever after a broker has come back', async () => {
    const behind: Offsets = [[0, 3n]];
    const isDown = new BusUnavailable('no broker answers');
    const back = [behind, behind, behind, [[0, 5n]] as Offsets];
    const { acts } = topic([[0, 5n]], behind, ...Array.from({ length: 5 }, () => isDown), ...back);
    expect(await acts.upToNow(signal)).toBe(false);
    expect(await acts.upToNow(signal)).toBe(true);
  });

  it('or given up when a partition stands still while the broker comes and goes', async () => {
    const isDown = new BusUnavailable('no broker answers');
    const behind: Offsets = [[0, 3n]];
    const flapping = Array.from({ length: 40 }, (_, asked) => (asked % 4 === 3 ? isDown : behind));
    const { acts, clock } = topic([[0, 5n]], ...flapping);
    expect(await acts.upToNow(signal)).toBe(false);
    expect(clock.time).toBeLessThan(20_000);
  });

  it('or is refused when the group has taken them in for another log', async () => {
    const { acts } = topic([[0, 5n]], new OffsetsOfAnotherLog('group', 'topic', 0, 'log-a', 'log-b'));
    await expect(acts.upToNow(signal)).rejects.toThrow(OffsetsOfAnotherLog);
  });

  it('or given up when the broker hangs, which is asked again only when it has answered', async () => {
    let asked = 0;
    let answer: (ends: Map<number, bigint>) => void = () => {};
    const endOffsets = () => {
      asked += 1;
      return new Promise<Map<number, bigint>>((resolve) => {
        answer = resolve;
      });
    };
    const bus = { endOffsets, committedOffsets: async () => new Map<number, bigint>() };
    const acts = new ActsTakenIn(bus, { topic: 't', groupId: 'g', patienceMilliseconds: 100 });
    expect(await acts.upToNow(signal)).toBe(false);
    expect(await acts.upToNow(signal)).toBe(false);
    expect(asked).toBe(1);
    answer(new Map());
    const back = acts.upToNow(signal);
    await sleep(10);
    answer(new Map());
    expect(await back).toBe(true);
  });
});
