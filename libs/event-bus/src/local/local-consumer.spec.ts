import { describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import { silentLogger } from '../bus-logger.ts';
import { MessageRefused } from '../errors.ts';
import { LocalConsumer, type LocalConsumerParts } from './local-consumer.ts';

describe('a consumer of the local bus', () => {
  it('is ready again when another copy has the lease after a fault', async () => {
    const query = async () => {
      throw new MessageRefused('permission denied');
    };
    let tries = 0;
    const leases: Pick<LocalConsumerParts['leases'], 'withLease'> = {
      async withLease(_, signal, work) {
        tries += 1;
        if (tries === 1) return work({ epoch: 1, isHeld: () => true, signal });
        // Another copy holds it.
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
      },
    };
    const said: (string | undefined)[] = [];
    const logger = { ...silentLogger, error: () => void said.push(consumer.problem()) };
    const parts = { database: { query }, leases, logger } as unknown as LocalConsumerParts;
    const consumer: LocalConsumer = new LocalConsumer(parts, {
      topics: ['leads.inbound'],
      groupId: 'spec',
      handle: async () => {},
    });
    await consumer.start();
    await eventually(() => expect(tries).toBe(2));
    expect(said).toEqual([expect.any(String)]);
    expect(consumer.problem()).toBeUndefined();
    await consumer.stop();
  });
});
