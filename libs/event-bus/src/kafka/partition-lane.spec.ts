import { describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import { silentLogger } from '../bus-logger.ts';
import type { IncomingMessage } from '../event-bus.ts';
import { PartitionLane } from './partition-lane.ts';

const message = (offset: bigint): IncomingMessage => ({
  topic: 'leads',
  partition: 0,
  offset,
  timestamp: 0,
  key: null,
  value: Buffer.from('x'),
  headers: {},
});

describe('the lanes of one partition', () => {
  it('handle one batch at a time, however often the partition is given anew while one is under way', async () => {
    let underWay = 0;
    let most = 0;
    const handled: bigint[] = [];
    const release = Promise.withResolvers<void>();
    const handle = async ({ messages }: { messages: readonly IncomingMessage[] }) => {
      underWay += 1;
      most = Math.max(most, underWay);
      if (handled.length === 0) await release.promise;
      handled.push(...messages.map(({ offset }) => offset));
      underWay -= 1;
    };
    const owner = { handled: () => {}, full: () => {}, roomy: () => {} };
    const subscription = { topics: ['leads'], groupId: 'group', handle };
    const lane = (after: Promise<void>) =>
      new PartitionLane({ topic: 'leads', partition: 0, subscription, owner, logger: silentLogger, after });

    const first = lane(Promise.resolve());
    first.push([message(0n)], 1n);
    await eventually(() => expect(underWay).toBe(1));
    const second = lane(first.revoke());
    const third = lane(second.revoke());
    third.push([message(1n)], 2n);
    await new Promise((resolve) => setImmediate(resolve));
    expect(most).toBe(1);
    release.resolve();
    await eventually(() => expect(handled).toEqual([0n, 1n]));
    expect(most).toBe(1);
  });
});
