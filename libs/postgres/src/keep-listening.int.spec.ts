import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { connectionSettings } from './connection.ts';
import { CuttingProxy } from './cutting-proxy.ts';
import { keepListening } from './keep-listening.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

describe('a connection that listens', () => {
  let database: TestDatabase;
  let proxy: CuttingProxy;
  let settings: pg.ClientConfig;
  let over: AbortController;
  let ended: Promise<void>;
  let happened: EventTarget;
  let told: string[];

  beforeEach(async () => {
    database = await createTestDatabase([]);
    const before = await CuttingProxy.before(database.url);
    proxy = before.proxy;
    settings = connectionSettings({ url: before.url, applicationName: 'tests' });
    over = new AbortController();
    happened = new EventTarget();
    told = [];
  });
  afterEach(async () => {
    over.abort();
    await ended;
    proxy.close();
    await database.drop();
  });

  const next = (what: string) => once(happened, what, { signal: AbortSignal.timeout(60_000) });
  const say = (what: string) => happened.dispatchEvent(new Event(what));

  function listen(): void {
    const handlers = {
      notified: (channel: string, payload: string) => {
        told.push(`${channel} ${payload}`);
        say('notified');
      },
      connected: () => void say('connected'),
      lost: () => void say('lost'),
    };
    ended = keepListening(settings, ['one', 'other'], handlers, over.signal);
  }

  async function notify(channel: string): Promise<void> {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query('select pg_notify($1, $2)', [channel, 'it']);
    await client.end();
  }

  it('is told of its channels, and makes another when it is lost', async () => {
    let connected = next('connected');
    listen();
    await connected;
    for (const channel of ['one', 'elsewhere', 'other']) {
      const notified = next('notified');
      await notify(channel);
      if (channel !== 'elsewhere') await notified;
    }
    expect(told).toEqual(['one it', 'other it']);
    connected = next('connected');
    const lost = next('lost');
    proxy.cut();
    await lost;
    await connected;
  });

  it('ends also when the server does not answer any more', async () => {
    const connected = next('connected');
    listen();
    await connected;
    proxy.freeze();
    over.abort();
    await ended;
  });
});
