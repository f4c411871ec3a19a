import { describe, expect, it } from '@jest/globals';
import { BusUnavailable, MessageRefused } from '../errors.ts';
import type { BusDatabase } from './bus-database.ts';
import { TableTopic } from './table-topic.ts';
import type { TopicListener } from './topic-listener.ts';

const listener = { count: () => 0 } as unknown as TopicListener;
const row = { offset: 0, at: 0, key: null, value: null, headers: {} };

/** Follows a topic of a database that says this when it is read, again and again. */
function follow(...answers: (Error | object[])[]) {
  const query = async () => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const topic = new TableTopic('leads.inbound', { query } as unknown as BusDatabase, listener);
  return topic.follow({ from: 0n, limit: 10, ignores: [], signal: new AbortController().signal });
}

describe('who follows a topic in a table', () => {
  it('waits while the database is away', async () => {
    const pages = follow(new BusUnavailable('starting up'), [row]);
    expect((await pages.next()).value).toMatchObject({ next: 1n });
  });

  it('is told of a fault that no waiting mends', async () => {
    const pages = follow(new MessageRefused('permission denied for table bus_messages'), [row]);
    await expect(pages.next()).rejects.toThrow('permission denied');
  });
});
