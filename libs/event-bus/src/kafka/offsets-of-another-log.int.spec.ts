import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import { asAdmin, testKafka } from '@lead-rotator/kafka-broker';
import { silentLogger } from '../bus-logger.ts';
import { OffsetsOfAnotherLog } from '../errors.ts';
import type { RunningConsumer, Subscription } from '../event-bus.ts';
import { KafkaEventBus } from './kafka-event-bus.ts';

const kafka = await testKafka();
const hour = 3_600_000;
const module = new URL('../../dist/kafka/kafka-event-bus.js', import.meta.url).href;
let tests = 0;

if ('skipped' in kafka) {
  describe('the log of a group', () => it.skip(`is skipped: ${kafka.skipped}`, () => undefined));
} else {
  describe('the log that the offsets of a group belong to', () => {
    const { brokers } = kafka;
    let buses: KafkaEventBus[];
    let processes: ChildProcess[];
    let topic: string;
    let groupId: string;
    /** Each time that a consumer of this process was kept out, or failed otherwise, its log. */
    let failures: string[];

    beforeEach(async () => {
      buses = [];
      processes = [];
      failures = [];
      tests += 1;
      topic = `another-log-${process.pid}-${Date.now()}-${tests}`;
      groupId = `${topic}.group`;
      const settings = { partitions: 2, replication: 1, retentionMilliseconds: hour };
      await bus().ensureTopics([topic, `${topic}.other`].map((each) => ({ topic: each, ...settings })));
    });
    afterEach(async () => {
      for (const one of processes) one.kill('SIGKILL');
      await Promise.all(buses.map((one) => one.close()));
    });

    /** A bus of services with that log, or with none. */
    function bus(logId?: string): KafkaEventBus {
      const log = logId === undefined ? {} : { log: { id: async () => logId } };
      const logger = { ...silentLogger, error: () => void failures.push(logId ?? '') };
      // None of them is silent for so long, and a rebalance brings messages again.
      const made = new KafkaEventBus({ brokers, clientId: 'another log', sessionMilliseconds: 30_000, logger, ...log });
      buses.push(made);
      return made;
    }

    async function read(by: KafkaEventBus, subscription: Partial<Subscription> = {}) {
      const seen: string[] = [];
      const consumer = await by.subscribe({
        topics: [topic],
        groupId,
        ...subscription,
        handle: async ({ messages }) => void seen.push(...messages.map(({ value }) => String(value))),
      });
      return { seen, consumer };
    }

    /** A process of its own that reads with that log, and prints what it gets and what keeps it from reading. */
    function startProcess(logId: string) {
      const settings = { brokers, clientId: 'another process', sessionMilliseconds: 6_000 };
      const program = `
        const { KafkaEventBus } = await import(${JSON.stringify(module)});
        const bus = new KafkaEventBus({ ...${JSON.stringify(settings)}, log: { id: async () => '${logId}' } });
        const handle = async ({ messages }) => console.log('got', messages.map(({ value }) => String(value)).join());
        const consumer = await bus.subscribe({ topics: ['${topic}'], groupId: '${groupId}', handle });
        setInterval(() => console.log(consumer.problem()), 100);`;
      const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let output = '';
      child.stdout.on('data', (chunk) => {
        output += String(chunk);
      });
      processes.push(child);
      return { kill: (signal: NodeJS.Signals) => child.kill(signal), output: () => output };
    }

    const sendAll = (texts: readonly string[], keyOf: (text: string) => string) =>
      bus().publish(
        topic,
        texts.map((text) => ({ key: keyOf(text), value: Buffer.from(text), headers: {} })),
      );
    const send = (...texts: string[]) => sendAll(texts, () => 'k');
    const committed = (on = topic) =>
      asAdmin(brokers, 'spec', async (admin) => (await admin.fetchOffsets({ groupId, topics: [on] }))[0]?.partitions);

    const withoutProblem = (consumer: RunningConsumer) => eventually(() => expect(consumer.problem()).toBeUndefined());
    const withProblem = (consumer: RunningConsumer, problem: RegExp) =>
      eventually(() => expect(consumer.problem()).toMatch(problem));

    const logs = async (on = topic) => (await committed(on))?.flatMap(({ metadata }) => metadata || []);

    it('is kept from the first joining on, before there is a message', async () => {
      const first = await read(bus('log-a'));
      await eventually(async () => expect(await logs()).toEqual(['log-a', 'log-a']));
      const second = await read(bus('log-b'));
      await withProblem(second.consumer, /for log log-a, and this log is log-b/);
      await withoutProblem(first.consumer);
      await send('1', '2');
      await eventually(() => expect(first.seen).toEqual(['1', '2']));
      expect(second.seen).toEqual([]);
    });

    it('keeps others out when its services are gone, until somebody sets the offsets anew', async () => {
      const before = bus('log-a');
      const { seen } = await read(before);
      await send('1', '2');
      await eventually(async () => {
        expect(seen).toEqual(['1', '2']);
        expect((await committed())?.map((one) => one.offset)).toContain('2');
      });
      await before.close();
      const after = await read(bus('log-b'));
      await withProblem(after.consumer, /set the group's offsets anew/);
      await send('3');
      const { length } = failures;
      await eventually(() => expect(failures.length).toBeGreaterThan(length + 1));
      expect(after.seen).toEqual([]);

      const partitions = [0, 1].map((partition) => ({ partition, offset: '0' }));
      await asAdmin(brokers, 'operator', (admin) => admin.setOffsets({ groupId, topic, partitions }));
      await eventually(() => expect([...new Set(after.seen)]).toEqual(['1', '2', '3']));
      await withoutProblem(after.consumer);
      await eventually(async () => expect(await logs()).toEqual(['log-b', 'log-b']));
    });

    it('is kept of each partition, however many copies join while it is written', async () => {
      const copies = await Promise.all([0, 40, 80].map((late) => sleep(late).then(() => read(bus('log-a')))));
      await eventually(async () => expect(await logs()).toEqual(['log-a', 'log-a']));
      for (const { consumer } of copies) await withoutProblem(consumer);
    });

    it('is that of one log alone, also when services of two join a new group at once', async () => {
      const both = await Promise.all(['log-a', 'log-b'].map((log) => read(bus(log))));
      await eventually(() => {
        const refused = both.filter(({ consumer }) => /is the group of other services/.test(consumer.problem() ?? ''));
        expect(refused.length).toBeGreaterThan(0);
      });
    });

    it('keeps out a copy of the other one that was frozen while somebody set the offsets anew', async () => {
      const frozen = startProcess('log-a');
      await eventually(async () => expect(await logs()).toEqual(['log-a', 'log-a']));
      frozen.kill('SIGSTOP');
      const partitions = [0, 1].map((partition) => ({ partition, offset: '0' }));
      const reset = () => asAdmin(brokers, 'operator', (admin) => admin.setOffsets({ groupId, topic, partitions }));
      // Refused as long as the group has a member, until its session is over.
      await eventually(reset);
      const { seen, consumer } = await read(bus('log-b'));
      await eventually(async () => expect(await logs()).toEqual(['log-b', 'log-b']));
      frozen.kill('SIGCONT');
      await eventually(() => expect(frozen.output()).toContain('for log log-b, and this log is log-a'));
      const numbers = Array.from({ length: 20 }, (_, number) => String(number));
      await sendAll(numbers, (number) => number);
      // The other one's leaving is a rebalance: what was handled and not yet committed may come again.
      await eventually(() => expect(new Set(seen)).toEqual(new Set(numbers)));
      expect(frozen.output()).not.toContain('got');
      await withoutProblem(consumer);
      expect(await logs()).toEqual(['log-b', 'log-b']);
    });

    it('is not touched by who is kept out of another topic of the group', async () => {
      const other = `${topic}.other`;
      const before = bus('log-a');
      await read(before, { topics: [other] });
      await eventually(async () => expect(await logs(other)).toEqual(['log-a', 'log-a']));
      await before.close();
      const { consumer } = await read(bus('log-b'), { topics: [topic, other], from: 'end' });
      await withProblem(consumer, /for log log-a/);
      expect(await logs()).toEqual([]);
    });

    it("has to be one's own to be told where the group stands", async () => {
      await read(bus('log-a'));
      await eventually(async () => expect(await logs()).toEqual(['log-a', 'log-a']));
      await expect(bus('log-b').committedOffsets(groupId, topic)).rejects.toThrow(OffsetsOfAnotherLog);
      expect((await bus('log-a').committedOffsets(groupId, topic)).size).toBe(2);
      expect((await bus().committedOffsets(groupId, topic)).size).toBe(2);
    });

    it('takes over what was committed for none', async () => {
      const before = bus();
      const { seen } = await read(before);
      await send('1');
      await eventually(() => expect(seen).toEqual(['1']));
      await before.close();
      const after = await read(bus('log-a'));
      await send('2');
      await eventually(async () => {
        expect(await logs()).toEqual(['log-a', 'log-a']);
        expect(after.seen).toEqual(['2']);
      });
    });
  });
}
