import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventLogMigrations, LogReplaced, PostgresEventLog } from '@lead-rotator/event-log';
import { eventually } from '@lead-rotator/eventually';
import { testBrokerSource, testKafka } from '@lead-rotator/kafka-broker';
import { guardChild } from '@lead-rotator/local-server';
import { createPool, createTestDatabase, type TestDatabase } from '@lead-rotator/postgres';
import type pg from 'pg';
import { decodeEvent } from '../cloud-events/decode-event.ts';
import { KafkaEventBus } from '../kafka/kafka-event-bus.ts';
import { Leases } from '../lease/leases.ts';
import { eventBusMigrations } from '../migrations/index.ts';
import { noteUnit } from '../testing/note-unit.ts';
import { Relay } from './relay.ts';
import { RelayCursors } from './relay-cursors.ts';
import { republish } from './republish.ts';

const kafka = await testKafka();
const source = await testBrokerSource();
const relayProcess = fileURLToPath(new URL('../../dist/testing/relay-process.js', import.meta.url));
const keyOf = (): string => 'one key';
const applicationName = 'relay of the tests';
const hour = 3_600_000;
let topics = 0;

if ('skipped' in kafka || 'skipped' in source) {
  describe('the relay', () => it.skip(`is skipped: ${'skipped' in kafka ? kafka.skipped : ''}`, () => undefined));
} else {
  describe('the relay', () => {
    let database: TestDatabase;
    let pool: pg.Pool;
    let log: PostgresEventLog;
    let bus: KafkaEventBus;
    let topic: string;
    let stop: AbortController;
    let running: Promise<void>[];
    let children: ChildProcess[];

    beforeEach(async () => {
      database = await createTestDatabase([...eventLogMigrations, ...eventBusMigrations]);
      pool = createPool({ url: database.url, applicationName });
      log = new PostgresEventLog({ url: database.url, applicationName });
      bus = new KafkaEventBus({ brokers: kafka.brokers, clientId: applicationName });
      topics += 1;
      topic = `relay-${process.pid}-${Date.now()}-${topics}`;
      await bus.ensureTopics([{ topic, partitions: 1, replication: 1, retentionMilliseconds: hour }]);
      stop = new AbortController();
      running = [];
      children = [];
    });
    afterEach(async () => {
      stop.abort();
      await Promise.all(running);
      for (const child of children) {
        child.kill('SIGKILL');
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      }
      await Promise.all([log.close(), bus.close(), pool.end()]);
      await database.drop();
    });

    function relayOf(by: KafkaEventBus, to = topic): Relay {
      // Whoever loses its lease sends again what it had not noted yet: none here is to lose it.
      const leases = new Leases({ pool, milliseconds: 60_000 });
      return new Relay({ log, bus: by, topic: to, leases, cursors: new RelayCursors(pool), keyOf });
    }

    function start(relay: Relay, signal = stop.signal): Promise<void> {
      const run = relay.run(signal);
      running.push(run);
      return run;
    }

    function startProcess(): ChildProcess {
      const child = spawn(process.execPath, [relayProcess, database.url, kafka0(), topic], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        detached: true,
      });
      guardChild(child);
      children.push(child);
      return child;
    }
    const kafka0 = (): string => ('brokers' in kafka ? kafka.brokers.join() : '');

    async function positions(of = topic, by = bus): Promise<number[]> {
      const found: number[] = [];
      for await (const message of by.readTopic(of)) found.push(decodeEvent(message).position);
      return found;
    }
    const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
    /** Waits until so many messages are on the topic. */
    const sent = (messages: bigint, by = bus): Promise<void> =>
      eventually(async () => expect((await by.endOffsets(topic)).get(0)).toBeGreaterThanOrEqual(messages));
    /** Each position the first time it came. */
    const firsts = (found: readonly number[]): number[] => [...new Set(found)];

    it('publishes each event once and in the order of positions', async () => {
      await log.append(noteUnit('before', 3_000));
      start(relayOf(bus));
      for (let unit = 0; unit < 20; unit += 1) await log.append(noteUnit(`unit ${unit}`, 50));
      await sent(4_000n);
      expect(await positions()).toEqual(upTo(4_000));
    });

    it('goes on where the one before it has stopped', async () => {
      const first = new AbortController();
      await log.append(noteUnit('first', 10));
      const ended = start(relayOf(bus), first.signal);
      await sent(10n);
      first.abort();
      await ended;
      await log.append(noteUnit('second', 10));
      start(relayOf(bus));
      await sent(20n);
      expect(await positions()).toEqual(upTo(20));
    });

    it('has one active copy', async () => {
      const relays = [relayOf(bus), relayOf(bus)];
      for (const relay of relays) start(relay);
      await eventually(() => expect(relays.filter(({ active }) => active)).toHaveLength(1));
      await log.append(noteUnit('a', 100));
      await sent(100n);
      expect(await positions()).toEqual(upTo(100));
    });

    it('refuses to go on with another log', async () => {
      await new RelayCursors(pool).save(topic, { logId: 'another', position: 5 });
      const relay = relayOf(bus);
      await expect(relay.run(stop.signal)).rejects.toThrow(LogReplaced);
      expect(relay.problem).toContain('another');
    });

    it('keeps its cursor from going back, and from moving to another log', async () => {
      const cursors = new RelayCursors(pool);
      await cursors.save(topic, { logId: 'one', position: 5 });
      await cursors.save(topic, { logId: 'one', position: 4 });
      await cursors.save(topic, { logId: 'two', position: 9 });
      expect(await cursors.read(topic)).toEqual({ logId: 'one', position: 5 });
    });

    it('writes the log to another topic when asked', async () => {
      await log.append(noteUnit('a', 5_000));
      expect(await republish(log, bus, topic, keyOf)).toBe(5_000);
      expect(await positions()).toEqual(upTo(5_000));
    });

    it.each([
      ['is killed', 'SIGKILL'],
      ['hangs', 'SIGSTOP'],
    ] as const)('is taken over when it %s: nothing is left out, and first times are in order', async (_, signal) => {
      const first = startProcess();
      await log.append(noteUnit('first', 100));
      await once(first, 'message');
      startProcess();
      const writing = Promise.all(
        upTo(100).map(async (unit) => {
          await new Promise((resolve) => setTimeout(resolve, unit * 40));
          await log.append(noteUnit(`${signal} ${unit}`, 20));
        }),
      );
      await sent(300n);
      first.kill(signal);
      await writing;
      await eventually(async () => expect(firsts(await positions())).toEqual(upTo(2_100)));
      first.kill('SIGCONT');
      await log.append(noteUnit('last', 100));
      await eventually(async () => expect(firsts(await positions())).toEqual(upTo(2_200)));
    });

    it('loses nothing when the broker is killed in mid-flow and started again', async () => {
      const own = await source.start();
      const ownBus = new KafkaEventBus({ brokers: own.brokers, clientId: applicationName });
      try {
        await ownBus.ensureTopics([{ topic, partitions: 1, replication: 1, retentionMilliseconds: hour }]);
        start(relayOf(ownBus));
        const writing = (async () => {
          for (const unit of upTo(200)) {
            await log.append(noteUnit(`${unit}`, 20));
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        })();
        await sent(300n, ownBus);
        await own.kill();
        await own.restart();
        await writing;
        await eventually(async () => expect(firsts(await positions(topic, ownBus))).toEqual(upTo(4_000)));
      } finally {
        stop.abort();
        await Promise.all(running);
        await ownBus.close();
        await own.stop();
      }
    });
  });
}
