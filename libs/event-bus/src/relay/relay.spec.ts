import { describe, expect, it } from '@jest/globals';
import { InMemoryEventLog, LogReplaced } from '@lead-rotator/event-log';
import { eventually } from '@lead-rotator/eventually';
import { logSource } from '../cloud-events/encode-event.ts';
import { BusUnavailable, TopicOfAnotherLog } from '../errors.ts';
import type { OutgoingMessage } from '../event-bus.ts';
import { noteUnit } from '../testing/note-unit.ts';
import { Relay, type RelaySettings } from './relay.ts';

/** Held from the beginning to the end. */
const leases: RelaySettings['leases'] = {
  withLease: (_, signal, work) => work({ epoch: 1, isHeld: () => true, signal }),
};
const cursors: RelaySettings['cursors'] = { read: async () => undefined, save: async () => {} };

const none: RelaySettings['bus']['readTopic'] = async function* () {};

describe('a relay', () => {
  it.each([
    ['does not begin on a topic that another log fills', 'another', []],
    ['begins anew on the topic of its own log when its cursor is lost', undefined, ['1']],
  ])('%s', async (_, other, expected) => {
    const log = new InMemoryEventLog();
    await log.append(noteUnit('before', 1));
    const published: string[] = [];
    const stop = new AbortController();
    const relay = new Relay({
      log,
      bus: {
        publish: async (_topic, messages) => {
          published.push(...messages.map(({ headers }) => String(headers.ce_sequence)));
          stop.abort();
        },
        readTopic: async function* () {
          const headers = { ce_source: Buffer.from(logSource(other ?? (await log.id()))) };
          yield { topic: 'events', partition: 0, offset: 0n, key: null, value: null, timestamp: 0, headers };
        },
      },
      topic: 'events',
      leases,
      cursors,
      keyOf: () => 'one key',
    });
    const ran = await relay.run(stop.signal).catch((error: unknown) => error);
    if (other !== undefined) expect(ran).toBeInstanceOf(TopicOfAnotherLog);
    expect(relay.problem ?? '').toContain(other ?? '');
    expect(published).toEqual(expected);
  });

  it('goes on after a fault of the log that it does not know, and ends at one that somebody must mend', async () => {
    const log = new InMemoryEventLog();
    await log.append(noteUnit('before', 3));
    const faults: Error[] = [new Error('a fault that nobody has seen before')];
    const follow: typeof log.follow = async function* (selection) {
      const fault = faults.shift();
      if (fault !== undefined) throw fault;
      yield* log.follow(selection);
    };
    const published: string[] = [];
    const publish = async (_: string, messages: readonly OutgoingMessage[]) =>
      void published.push(...messages.map(({ headers }) => String(headers.ce_sequence)));
    const faulty = { id: () => log.id(), head: () => log.head(), follow };
    const relay = new Relay({
      log: faulty,
      bus: { publish, readTopic: none },
      topic: 'events',
      leases,
      cursors,
      keyOf: () => 'one key',
    });
    const stop = new AbortController();
    const running = relay.run(stop.signal);
    await eventually(() => expect(published).toEqual(['1', '2', '3']));
    expect(relay.problem).toBeUndefined();
    stop.abort();
    await running;
    faults.push(new LogReplaced('one', 'another'));
    await expect(relay.run(new AbortController().signal)).rejects.toThrow(LogReplaced);
    expect(relay.problem).toContain('another');
  });
});

describe('a relay whose lease is taken over while the broker is down', () => {
  it('has no problem any more: another copy publishes', async () => {
    const log = new InMemoryEventLog();
    await log.append(noteUnit('before', 1));
    let isHeld = true;
    const relay = new Relay({
      log,
      bus: { publish: () => Promise.reject(new BusUnavailable('down')), readTopic: none },
      topic: 'events',
      leases: { withLease: (_, signal, work) => work({ epoch: 1, isHeld: () => isHeld, signal }) },
      cursors,
      keyOf: () => 'one key',
    });
    const running = relay.run(new AbortController().signal);
    await eventually(() => expect(relay.problem).toContain('down'));
    isHeld = false;
    await running;
    expect(relay.problem).toBeUndefined();
  });
});

describe('how far a relay is behind the log', () => {
  it('grows while the broker takes nothing, is nothing when it has taken all, and of a copy that waits', async () => {
    const log = new InMemoryEventLog();
    let isDown = true;
    const publish = async () => {
      if (isDown) throw new BusUnavailable('down');
    };
    const relay = new Relay({
      log,
      bus: { publish, readTopic: none },
      topic: 'events',
      leases,
      cursors,
      keyOf: () => 'one key',
    });
    await log.append(noteUnit('before', 10));
    expect(await relay.lag()).toBe(0);
    const stop = new AbortController();
    const running = relay.run(stop.signal);
    await eventually(async () => expect(await relay.lag()).toBe(10));
    await log.append(noteUnit('more', 5));
    expect(await relay.lag()).toBe(15);
    isDown = false;
    await eventually(async () => expect(await relay.lag()).toBe(0));
    isDown = true;
    stop.abort();
    await running;
    await log.append(noteUnit('for another copy', 5));
    expect(await relay.lag()).toBe(0);
  });
});
