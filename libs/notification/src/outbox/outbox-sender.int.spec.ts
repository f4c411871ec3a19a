import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventLogMigrations } from '@lead-rotator/event-log';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { eventually } from '@lead-rotator/eventually';
import { UnknownEvent } from '@lead-rotator/lead-events';
import { createPool, createTestDatabase, serviceRole, type TestDatabase } from '@lead-rotator/postgres';
import type { Pool } from 'pg';
import { notificationMigrations } from '../migrations/index.ts';
import type { Delivery, DueNotification, Notification } from './delivery.ts';
import { Outbox } from './outbox.ts';
import { OutboxSender } from './outbox-sender.ts';

const sent: Delivery = { outcome: 'sent' };
const away: Delivery = { outcome: 'unavailable', reason: 'away' };

let database: TestDatabase;
let pool: Pool;
let outbox: Outbox;
beforeAll(async () => {
  database = await createTestDatabase([...eventLogMigrations, ...notificationMigrations]);
  pool = createPool({ url: database.url, applicationName: 'outbox spec', role: serviceRole });
  outbox = new Outbox(pool);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

let stop: AbortController;
let running: Promise<void>[];
let told: string[];
let aside: string[];
/** What the receiver says, and when. */
let deliver: (notification: DueNotification) => Promise<Delivery>;
let holdsLease: boolean;
/** The clock runs so much faster than the machine's. */
let speed: number;
const began = Date.now();
const clock = () => began + (Date.now() - began) * speed;

beforeEach(async () => {
  await pool.query('delete from notifications');
  [stop, running, told, aside, speed] = [new AbortController(), [], [], [], 100];
  [deliver, holdsLease] = [async () => sent, true];
});
afterEach(end);

async function end(): Promise<void> {
  stop.abort();
  await Promise.all(running);
}

function start(): OutboxSender {
  const channel = {
    name: 'webhook' as const,
    concurrency: 4,
    deliver: async (one: DueNotification) => {
      const delivery = await deliver(one);
      if (delivery.outcome === 'sent') told.push(`${one.subject} ${one.position}`);
      return delivery;
    },
  };
  const sender = new OutboxSender({
    outbox,
    channel,
    clock,
    putAside: async ({ position }, reason) => void aside.push(`${position}: ${reason}`),
    onDelivery: () => undefined,
    onError: () => undefined,
  });
  running.push(sender.run({ signal: stop.signal, isHeld: () => holdsLease }));
  return sender;
}

const about = (subject: string, ...positions: number[]): Notification[] =>
  positions.map((position) => ({ position, recipient: '', organizationId: defaultOrganization, subject }));
const add = (...notifications: Notification[]) => outbox.add('webhook', notifications, clock());
const toldOf = (subject: string) => told.filter((line) => line.startsWith(`${subject} `));

describe('what lies in the outbox', () => {
  it('is told in order for each subject, although several are told at once', async () => {
    const subjects = ['a', 'b', 'c', 'd', 'e', 'f'];
    let underWay = 0;
    let most = 0;
    deliver = async ({ position }) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await sleep(position % 7);
      underWay -= 1;
      return sent;
    };
    await add(
      ...Array.from({ length: 120 }, (_, at) => about(subjects[at % 6] as string, at + 1))
        .flat()
        .reverse(),
    );
    start();
    await eventually(() => expect(told).toHaveLength(120));
    for (const [index, subject] of subjects.entries()) {
      expect(toldOf(subject)).toEqual(Array.from({ length: 20 }, (_, at) => `${subject} ${at * 6 + index + 1}`));
    }
    expect(most).toBe(4);
  });

  it('is told once, although its message comes again', async () => {
    start();
    for (let time = 0; time < 3; time += 1) {
      await add(...about('a', 1, 2));
      await eventually(() => expect(told).toHaveLength(2));
    }
    await sleep(700);
    expect(told).toEqual(['a 1', 'a 2']);
  });

  it('waits while the receiver is away, for days if need be, and is told in order when it is back', async () => {
    deliver = async () => away;
    await add(...about('a', 1, 3), ...about('b', 2, 4));
    speed = 100_000;
    start();
    await sleep(1_500);
    expect(told).toEqual([]);
    deliver = async () => sent;
    await eventually(() => expect(told).toHaveLength(4));
    expect(toldOf('a')).toEqual(['a 1', 'a 3']);
    expect(toldOf('b')).toEqual(['b 2', 'b 4']);
    expect(aside).toEqual([]);
  });

  it('is not held up by one subject that always fails', async () => {
    deliver = async ({ subject }) => (subject === 'bad' ? away : sent);
    await add(...about('bad', 1, 2), ...about('a', 3, 4), ...about('b', 5));
    start();
    await eventually(() => expect(told).toHaveLength(3));
    await add(...about('c', 6));
    await eventually(() => expect(told).toHaveLength(4));
    expect(toldOf('bad')).toEqual([]);
    // The row goes when the receiver has said yes.
    await eventually(async () => expect(await outbox.backlog('webhook')).toMatchObject({ waiting: 2 }));
  });

  it('is put aside when it is refused, and the next of its subject goes on', async () => {
    deliver = async ({ position }) => (position === 1 ? { outcome: 'refused', reason: 'no' } : sent);
    await add(...about('a', 1, 2));
    start();
    await eventually(() => expect(told).toEqual(['a 2']));
    expect(aside).toEqual(['1: no']);
    deliver = async () => sent;
    await outbox.reopen('webhook', about('a', 1, 2), clock());
    await eventually(() => expect(told).toEqual(['a 2', 'a 1']));
  });

  it('is put aside after the same fault of ours five times, with the name of the error alone', async () => {
    let tries = 0;
    deliver = async () => {
      tries += 1;
      throw new TypeError('cannot read kim@lead.example');
    };
    await add(...about('a', 1));
    start();
    await eventually(() => expect(aside).toEqual(['1: TypeError']));
    expect(tries).toBe(5);
  });

  it.each([
    ['a database that is down', Object.assign(new Error('down'), { code: 'ECONNREFUSED' })],
    ['an event that a newer copy knows', new UnknownEvent('LeadTeleported', 1)],
    ['a state that stands still at one', new Error('stalled', { cause: new UnknownEvent('UserTeleported', 1) })],
  ])('is never put aside for %s', async (_, fault) => {
    let tries = 0;
    deliver = async () => {
      tries += 1;
      throw fault;
    };
    speed = 100_000;
    await add(...about('a', 1));
    start();
    await eventually(() => expect(tries + aside.length).toBeGreaterThan(6));
    expect(aside).toEqual([]);
  });

  it('is told again after the process was killed only where it was under way', async () => {
    let open = () => {};
    const answer = new Promise<Delivery>((resolve) => {
      open = () => resolve(sent);
    });
    const begun: number[] = [];
    deliver = async ({ position }) => {
      begun.push(position);
      return position === 3 ? answer : sent;
    };
    await add(...about('a', 1), ...about('b', 2), ...about('c', 3, 4));
    start();
    await eventually(async () => {
      expect([...begun].sort()).toEqual([1, 2, 3]);
      expect(await outbox.backlog('webhook')).toMatchObject({ waiting: 2 });
    });
    // The first one hangs in its request; nothing of it is written any more when this one begins, as after a kill.
    begun.length = 0;
    deliver = async ({ position }) => {
      begun.push(position);
      return sent;
    };
    stop.abort();
    stop = new AbortController();
    start();
    await eventually(() => expect(toldOf('c')).toEqual(['c 3', 'c 4']));
    expect(begun).toEqual([3, 4]);
    open();
  });

  it('is not told by one who has lost the lease and was not told so yet', async () => {
    holdsLease = false;
    await add(...about('a', 1));
    start();
    await sleep(700);
    expect(told).toEqual([]);
    holdsLease = true;
    await eventually(() => expect(told).toEqual(['a 1']));
  });

  it('finishes what is under way when it is stopped, and begins nothing', async () => {
    const begun = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    deliver = async () => {
      begun.resolve();
      await release.promise;
      return sent;
    };
    await add(...about('a', 1, 2));
    start();
    await begun.promise;
    const ended = end();
    release.resolve();
    await ended;
    expect(told).toEqual(['a 1']);
    expect(await outbox.backlog('webhook')).toMatchObject({ waiting: 1 });
  });

  it('is forgotten when no message of it can come again, and what waits is not', async () => {
    deliver = async ({ position }) => (position === 1 ? sent : away);
    await add(...about('a', 1), ...about('b', 2));
    start();
    await eventually(async () => expect(await outbox.backlog('webhook')).toMatchObject({ waiting: 1 }));
    await end();
    expect(told).toEqual(['a 1']);
    await outbox.deleteSettled(clock() + 1);
    const { rows } = await pool.query('select position from notifications');
    expect(rows).toEqual([{ position: 2 }]);
  });
});
