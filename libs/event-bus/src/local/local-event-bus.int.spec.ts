import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventLogMigrations, PostgresEventLog } from '@lead-rotator/event-log';
import { eventually } from '@lead-rotator/eventually';
import { createTestDatabase, serviceRole, type TestDatabase } from '@lead-rotator/postgres';
import pg from 'pg';
import { decodeEvent } from '../cloud-events/decode-event.ts';
import { MessageRefused } from '../errors.ts';
import { eventBusMigrations } from '../migrations/index.ts';
import { collect } from '../testing/collect.ts';
import { describeEventBus } from '../testing/describe-event-bus.ts';
import { noteUnit } from '../testing/note-unit.ts';
import { LocalEventBus } from './local-event-bus.ts';

const applicationName = 'local bus of the tests';
let database: TestDatabase;
let tests = 0;

beforeAll(async () => {
  database = await createTestDatabase([...eventLogMigrations, ...eventBusMigrations]);
});
afterAll(() => database.drop());

function open(): { log: PostgresEventLog; bus: LocalEventBus; close(): Promise<void> } {
  const connection = { url: database.url, applicationName, role: serviceRole };
  const log = new PostgresEventLog(connection);
  // On a slow machine a lease of a second was lost between two tries, and what was read anew held more.
  const bus = new LocalEventBus({ ...connection, log, keyOf: () => 'key', leaseMilliseconds: 3_000 });
  return {
    log,
    bus,
    close: async () => {
      await bus.close();
      await log.close();
    },
  };
}

describeEventBus('the local bus', async () => {
  tests += 1;
  const prefix = `test-${tests}`;
  const opened = [open()];
  const another = async () => {
    const one = open();
    opened.push(one);
    return one.bus;
  };
  return {
    bus: opened[0]?.bus ?? (await another()),
    another,
    name: (of) => `${prefix}.${of}`,
    close: async () => {
      await Promise.all(opened.map((one) => one.close()));
    },
  };
});

describe('the topic of events on the local bus', () => {
  it('is the log itself: message n is the event at position n + 1', async () => {
    const { log, bus, close } = open();
    const seen: number[] = [];
    await log.append(noteUnit('a', 3));
    await bus.subscribe({
      topics: ['leads.events'],
      groupId: 'reader',
      handle: async ({ messages }) => {
        for (const message of messages) {
          const { position } = decodeEvent(message);
          // The same by way of the bytes.
          expect(decodeEvent({ ...message })).toEqual(decodeEvent(message));
          expect(message.offset).toBe(BigInt(position - 1));
          seen.push(position);
        }
      },
    });
    await log.append(noteUnit('b', 2));
    await eventually(() => expect(seen).toEqual([1, 2, 3, 4, 5]));
    await eventually(async () =>
      expect(await bus.committedOffsets('reader', 'leads.events')).toEqual(new Map([[0, 5n]])),
    );
    expect(await bus.endOffsets('leads.events')).toEqual(new Map([[0, 5n]]));
    expect((await collect(bus.readTopic('leads.events'), 9)).map((one) => decodeEvent(one).position)).toEqual(seen);
    await expect(bus.publish('leads.events', [{ key: 'a', value: null, headers: {} }])).rejects.toThrow(MessageRefused);
    await close();
  });
});

describe('what a group ignores', () => {
  it('is not brought to it, and counts as handled', async () => {
    const { log, bus, close } = open();
    const others = (await log.head()) + 4;
    let brought = 0;
    await bus.subscribe({
      topics: ['leads.events'],
      groupId: 'ignoring',
      ignores: { 'leads.events': ['NoteAdded'] },
      handle: async ({ messages }) => {
        brought += messages.length;
      },
    });
    await log.append(noteUnit('ignored', 4));
    await eventually(async () =>
      expect(await bus.committedOffsets('ignoring', 'leads.events')).toEqual(new Map([[0, BigInt(others)]])),
    );
    expect(brought).toBe(0);
    await close();
  });
});

describe('a topic of the local bus', () => {
  it('loses messages that have expired, but for the newest, and goes on numbering', async () => {
    const { bus, close } = open();
    const topic = 'expiring';
    const settings = { topic, partitions: 1, replication: 1, retentionMilliseconds: 1_000 };
    const send = (text: string) => bus.publish(topic, [{ key: 'a', value: Buffer.from(text), headers: {} }]);
    const texts = async () => (await collect(bus.readTopic(topic), 9)).map(({ offset, value }) => `${offset} ${value}`);
    await bus.ensureTopics([settings]);
    for (const text of ['1', '2', '3']) await send(text);
    const owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    await owner.query('update bus_messages set at = at - 2000 where topic = $1', [topic]);
    await owner.end();
    await bus.ensureTopics([settings]);
    expect(await texts()).toEqual(['2 3']);
    await send('4');
    expect(await texts()).toEqual(['2 3', '3 4']);
    await close();
  });
});
