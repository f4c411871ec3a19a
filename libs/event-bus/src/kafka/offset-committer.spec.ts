import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import type { OffsetsByTopicPartition } from 'kafkajs';
import { silentLogger } from '../bus-logger.ts';
import { OffsetCommitter } from './offset-committer.ts';

/** A broker that takes a commit when it is told to, with what it was given. */
function slowBroker() {
  const calls: { readonly offset: string | undefined; take(): void; lose(): void }[] = [];
  const commit = ({ topics }: OffsetsByTopicPartition) =>
    new Promise<void>((resolve, reject) => {
      const offset = topics[0]?.partitions[0]?.offset;
      calls.push({ offset, take: resolve, lose: () => reject(new Error('the connection was lost')) });
    });
  return { commit, calls, offsets: () => calls.map(({ offset }) => offset) };
}

describe('the committing of offsets', () => {
  const committing = () => {
    const broker = slowBroker();
    const committer = new OffsetCommitter(broker.commit, silentLogger);
    return { broker, reached: (next: bigint) => committer.add('leads', 0, next), close: () => committer.close() };
  };

  it('goes one after the other, so that none that is late or lost falls back behind a newer one', async () => {
    const { broker, reached, close } = committing();
    reached(1n);
    await eventually(() => expect(broker.offsets()).toEqual(['1']));
    reached(2n);
    await sleep(150);
    expect(broker.offsets()).toEqual(['1']);
    broker.calls[0]?.lose();
    await eventually(() => expect(broker.offsets()).toEqual(['1', '2']));
    broker.calls[1]?.take();
    await close();
    expect(broker.offsets()).toEqual(['1', '2']);
  });

  it('commits what is left when it is closed, also what was reached while another was under way', async () => {
    const { broker, reached, close } = committing();
    reached(1n);
    await eventually(() => expect(broker.offsets()).toEqual(['1']));
    reached(2n);
    const closed = close();
    broker.calls[0]?.take();
    await eventually(() => expect(broker.offsets()).toEqual(['1', '2']));
    broker.calls[1]?.take();
    await closed;
  });
});
