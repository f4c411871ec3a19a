import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import type { EventBus, IncomingMessage, MessageBatch, OutgoingMessage, RunningConsumer } from '../event-bus.ts';
import { collect } from './collect.ts';

/** What the contract suite runs against. */
export interface EventBusFixture {
  readonly bus: EventBus;
  /** The same bus as another process sees it. */
  another(): Promise<EventBus>;
  /** A name that no other test uses. */
  name(of: string): string;
  close(): Promise<void>;
}

const hour = 3_600_000;

const message = (key: string | null, text: string): OutgoingMessage => ({
  key,
  value: Buffer.from(text),
  headers: {},
});
const text = ({ value }: IncomingMessage): string => value?.toString() ?? '';

/** The contract of `EventBus`; every implementation passes it. */
export function describeEventBus(name: string, make: () => Promise<EventBusFixture>): void {
  describe(name, () => {
    let fixture: EventBusFixture;
    let bus: EventBus;
    let running: RunningConsumer[];

    beforeEach(async () => {
      fixture = await make();
      bus = fixture.bus;
      running = [];
    });
    afterEach(async () => {
      await Promise.all(running.map((consumer) => consumer.stop()));
      await fixture.close();
    });

    async function topicNamed(of: string, partitions = 2): Promise<string> {
      const topic = fixture.name(of);
      await bus.ensureTopics([{ topic, partitions, replication: 1, retentionMilliseconds: hour }]);
      return topic;
    }

    async function consume(
      topic: string,
      groupId: string,
      handle: (batch: MessageBatch) => Promise<void>,
      by = bus,
    ): Promise<RunningConsumer> {
      const consumer = await by.subscribe({ topics: [topic], groupId, handle });
      running.push(consumer);
      return consumer;
    }

    it('brings what was sent, with key, value and headers', async () => {
      const topic = await topicNamed('whole');
      await bus.publish(topic, [
        {
          key: 'lead-1',
          value: Buffer.from([0, 255, 10]),
          headers: { ce_type: 'LeadCaptured', raw: Buffer.from([200]), nothing: null, constructor: 'Java' },
        },
        { key: null, value: Buffer.from(''), headers: {} },
        { key: Buffer.from([1, 200]), value: null, headers: { grüße: 'schöne' } },
      ]);
      const found = await collect(bus.readTopic(topic), 3);
      const by = (key: Buffer | null) => found.find((one) => (key === null ? one.key === null : one.key?.equals(key)));
      expect(by(Buffer.from('lead-1'))).toMatchObject({
        topic,
        value: Buffer.from([0, 255, 10]),
        headers: {
          ce_type: Buffer.from('LeadCaptured'),
          raw: Buffer.from([200]),
          nothing: null,
          constructor: Buffer.from('Java'),
        },
      });
      expect(by(null)).toMatchObject({ value: Buffer.from(''), headers: {} });
      expect(by(Buffer.from([1, 200]))).toMatchObject({ value: null, headers: { grüße: Buffer.from('schöne') } });
    });

    it('keeps the order of each key', async () => {
      const topic = await topicNamed('order');
      const keys = ['a', 'b', 'c', 'd'];
      const sends = Array.from({ length: 50 }, (_, round) =>
        bus.publish(
          topic,
          keys.map((key) => message(key, `${round}`)),
        ),
      );
      await Promise.all(sends);
      const seen = new Map<string, string[]>(keys.map((key) => [key, []]));
      await consume(topic, fixture.name('group'), async ({ messages }) => {
        for (const one of messages) seen.get(one.key?.toString() ?? '')?.push(text(one));
      });
      const rounds = Array.from({ length: 50 }, (_, round) => `${round}`);
      await eventually(() => expect([...seen.values()]).toEqual(keys.map(() => rounds)));
    });

    it('brings messages of a megabyte', async () => {
      const topic = await topicNamed('large');
      const value = Buffer.alloc(1_000_000, 'x');
      await bus.publish(topic, [
        { key: 'a', value, headers: {} },
        { key: 'a', value, headers: {} },
        message('a', 'small'),
      ]);
      const sizes = (await collect(bus.readTopic(topic), 3)).map((one) => one.value?.length);
      expect(sizes).toEqual([1_000_000, 1_000_000, 5]);
    });

    it('makes topics once and leaves those that are there as they are', async () => {
      const topic = await topicNamed('made');
      await bus.ensureTopics([{ topic, partitions: 2, replication: 1, retentionMilliseconds: hour }]);
      await bus.ensureTopics([{ topic, partitions: 7, replication: 1, retentionMilliseconds: hour }]);
      const partitions = [...(await bus.endOffsets(topic)).keys()];
      expect(partitions.length).toBeLessThanOrEqual(2);
    });

    it('knows the end of a topic and where a group stands', async () => {
      const topic = await topicNamed('offsets');
      const groupId = fixture.name('group');
      const sum = (offsets: ReadonlyMap<number, bigint>) => [...offsets.values()].reduce((all, one) => all + one, 0n);
      expect(sum(await bus.endOffsets(topic))).toBe(0n);
      expect((await bus.committedOffsets(groupId, topic)).size).toBe(0);
      await bus.publish(
        topic,
        ['a', 'b', 'c', 'd', 'e'].map((key) => message(key, key)),
      );
      expect(sum(await bus.endOffsets(topic))).toBe(5n);
      const consumer = await consume(topic, groupId, async () => undefined);
      await eventually(async () => expect(sum(await bus.committedOffsets(groupId, topic))).toBe(5n));
      expect(consumer.problem()).toBeUndefined();
    });

    it('brings the same messages again when they were not handled, before anything else of the partition', async () => {
      const topic = await topicNamed('again', 1);
      const groupId = fixture.name('group');
      await bus.publish(topic, [message('a', '1'), message('a', '2')]);
      const batches: string[][] = [];
      await consume(topic, groupId, async ({ messages }) => {
        batches.push(messages.map(text));
        if (batches.length === 1) await bus.publish(topic, [message('a', '3')]);
        if (batches.length < 3) throw new Error('not now');
      });
      await eventually(() => expect(batches.flat()).toContain('3'));
      expect(batches.slice(0, 3)).toEqual([
        ['1', '2'],
        ['1', '2'],
        ['1', '2'],
      ]);
      expect(batches.slice(3).flat()).toEqual(['3']);
    });

    it('commits nothing that was not handled', async () => {
      const topic = await topicNamed('uncommitted', 1);
      const groupId = fixture.name('group');
      await bus.publish(topic, [message('a', '1')]);
      let tries = 0;
      const consumer = await consume(topic, groupId, async () => {
        tries += 1;
        throw new Error('never');
      });
      await eventually(() => expect(tries).toBeGreaterThan(1));
      await consumer.stop();
      expect((await bus.committedOffsets(groupId, topic)).get(0) ?? 0n).toBe(0n);
    });

    it('goes on where the group has stopped', async () => {
      const topic = await topicNamed('resumed', 1);
      const groupId = fixture.name('group');
      const first: string[] = [];
      await bus.publish(topic, [message('a', '1'), message('a', '2')]);
      const consumer = await consume(topic, groupId, async ({ messages }) => {
        first.push(...messages.map(text));
      });
      await eventually(() => expect(first).toEqual(['1', '2']));
      await consumer.stop();
      await bus.publish(topic, [message('a', '3')]);
      const second: string[] = [];
      await consume(topic, groupId, async ({ messages }) => {
        second.push(...messages.map(text));
      });
      await eventually(() => expect(second).toEqual(['3']));
    });

    it('gives every group all messages', async () => {
      const topic = await topicNamed('groups', 1);
      await bus.publish(topic, [message('a', '1')]);
      const seen: string[] = [];
      for (const group of ['one', 'two']) {
        await consume(topic, fixture.name(group), async ({ messages }) => {
          seen.push(...messages.map((one) => `${group} ${text(one)}`));
        });
      }
      await eventually(() => expect([...seen].sort()).toEqual(['one 1', 'two 1']));
    });

    it('begins a group at the end if it asks for that', async () => {
      const topic = await topicNamed('end', 1);
      await bus.publish(topic, [message('a', 'before')]);
      const seen: string[] = [];
      const handle = async ({ messages }: MessageBatch): Promise<void> => {
        seen.push(...messages.map(text));
      };
      const consumer = await bus.subscribe({ topics: [topic], groupId: fixture.name('group'), from: 'end', handle });
      running.push(consumer);
      // A first try to join that fails may have failed before the group was set to the end.
      await eventually(() => expect(consumer.problem()).toBeUndefined());
      await bus.publish(topic, [message('a', 'after')]);
      await eventually(() => expect(seen).toEqual(['after']));
    });

    it('gives batches of at most the size asked for', async () => {
      const topic = await topicNamed('sizes', 1);
      const texts = Array.from({ length: 10 }, (_, index) => `${index}`);
      await bus.publish(
        topic,
        texts.map((one) => message('a', one)),
      );
      const sizes: number[] = [];
      const seen = new Set<string>();
      const handle = async ({ messages }: MessageBatch): Promise<void> => {
        sizes.push(messages.length);
        for (const one of messages) seen.add(text(one));
      };
      running.push(await bus.subscribe({ topics: [topic], groupId: fixture.name('group'), maxMessages: 4, handle }));
      await eventually(() => expect([...seen]).toEqual(texts));
      expect(Math.max(...sizes)).toBeLessThanOrEqual(4);
    });

    it('has another copy of the group take over what the first leaves', async () => {
      const topic = await topicNamed('takeover');
      const groupId = fixture.name('group');
      const other = await fixture.another();
      const seen: string[] = [];
      const handle = async ({ messages }: MessageBatch): Promise<void> => {
        seen.push(...messages.map(text));
      };
      const first = await consume(topic, groupId, handle);
      await consume(topic, groupId, handle, other);
      await bus.publish(topic, [message('a', '1'), message('b', '2')]);
      await eventually(() => expect([...new Set(seen)].sort()).toEqual(['1', '2']));
      await first.stop();
      await bus.publish(topic, [message('a', '3'), message('b', '4')]);
      await eventually(() => expect([...new Set(seen)].sort()).toEqual(['1', '2', '3', '4']));
    });

    it('waits for the batch under way when it is stopped, and commits it', async () => {
      const topic = await topicNamed('stopping', 1);
      const groupId = fixture.name('group');
      await bus.publish(topic, [message('a', '1')]);
      const begun = Promise.withResolvers<void>();
      const release = Promise.withResolvers<void>();
      let done = false;
      const consumer = await consume(topic, groupId, async () => {
        begun.resolve();
        await release.promise;
        done = true;
      });
      await begun.promise;
      const stopped = consumer.stop().then(() => done);
      release.resolve();
      expect(await stopped).toBe(true);
      expect((await bus.committedOffsets(groupId, topic)).get(0)).toBe(1n);
      expect(consumer.problem()).toBeDefined();
    });

    it('handles other partitions while one fails', async () => {
      const topic = await topicNamed('beside', 4);
      const keys = Array.from({ length: 20 }, (_, index) => `key-${index}`);
      await bus.publish(
        topic,
        keys.map((key) => message(key, key)),
      );
      const places = await collect(bus.readTopic(topic), keys.length);
      const bad = places.find((one) => text(one) === 'key-0')?.partition;
      const good = places.filter((one) => one.partition !== bad).map(text);
      const seen: string[] = [];
      await consume(topic, fixture.name('group'), async ({ partition, messages }) => {
        if (partition === bad) throw new Error('this one fails');
        seen.push(...messages.map(text));
      });
      await eventually(() => expect([...seen].sort()).toEqual([...good].sort()));
    });

    it('reads a topic to its present end and no further', async () => {
      const topic = await topicNamed('read', 2);
      const texts = Array.from({ length: 1_000 }, (_, index) => `${index}`);
      await bus.publish(
        topic,
        texts.map((one) => message(`key-${Number(one) % 7}`, one)),
      );
      const found = await collect(bus.readTopic(topic), 2_000);
      expect(found.map(text).sort()).toEqual([...texts].sort());
      const empty = await topicNamed('nothing', 2);
      expect(await collect(bus.readTopic(empty), 1)).toEqual([]);
    });
  });
}
