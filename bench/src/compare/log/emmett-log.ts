import { randomUUID } from 'node:crypto';
import { dumbo } from '@event-driven-io/dumbo';
import type { Event } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore, readMessagesBatch } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import { sampleEvent } from '../../append/sample-unit.ts';
import { type ComparedLog, idsOf, pageSize } from './compared-log.ts';

type Assigned = Event<'LeadAssigned', Record<string, unknown>>;

/** Without the pause of 50 ms behind every hundred messages, with which no consumer passes 2,000 a second. */
const pulling = { pullingFrequencyInMs: 1 };

/** Emmett's event store on an empty database: a unit is a new stream, its events are ours, a consumer reads all streams. */
export async function withEmmettLog<Result>(url: string, measure: (log: ComparedLog) => Promise<Result>) {
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  // `end` does not wait until the connections are gone, and dropping the database cuts those.
  pool.on('error', () => undefined);
  const store = getPostgreSQLEventStore(url, { connectionOptions: { pool } });
  const reader = dumbo({ connectionString: url, pool });
  await store.schema.migrate();
  let last = 0n;
  try {
    return await measure({
      async append(size) {
        const events = Array.from({ length: size }, sampleEvent);
        const [first] = idsOf(events);
        const written = events.map(({ data }) => ({ type: 'LeadAssigned', data }) as Assigned);
        const { lastEventGlobalPosition } = await store.appendToStream<Assigned>(`lead-${first}`, written);
        if (lastEventGlobalPosition > last) last = lastEventGlobalPosition;
      },
      async readPages(take) {
        for (let after = 0n, isLeft = true; isLeft; ) {
          const page = await readMessagesBatch<Assigned>(reader.execute, { after, batchSize: pageSize });
          take(idsOf(page.messages));
          after = page.currentGlobalPosition;
          isLeft = page.areMessagesLeft;
        }
      },
      here: () => Promise.resolve(last),
      async follow(after, take, signal) {
        const consumer = store.consumer<Assigned>({ pulling });
        consumer.reactor<Assigned>({
          processorId: randomUUID(),
          startFrom: { lastCheckpoint: after },
          eachMessage: (message) => take(idsOf([message])),
        });
        const running = consumer.start();
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        await consumer.close();
        await running;
      },
    });
  } finally {
    await reader.close();
    await store.close();
    await pool.end();
  }
}
