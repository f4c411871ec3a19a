import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tag } from '@lead-rotator/event-sourcing';
import { createPool, createTestDatabase, type TestDatabase } from '@lead-rotator/postgres';
import type pg from 'pg';
import { sampleEvent, sampleUnit } from '../contract/sample-unit.ts';
import { eventLogMigrations } from '../migrations/index.ts';
import { PostgresEventLog } from '../postgres-event-log.ts';
import { verifyLog } from '../verify/verify-log.ts';
import { type EventProof, NoProof, parseProof, verifyProof } from './event-proof.ts';
import { NotProvable, proveEvent } from './prove-event.ts';

describe('the proof of an event', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let earlierHead: string;
  let head: string;

  beforeAll(async () => {
    database = await createTestDatabase(eventLogMigrations);
    pool = createPool({ url: database.url, applicationName: 'tests' });
    const log = new PostgresEventLog({ url: database.url, applicationName: 'tests' });
    for (let size = 1; size <= 7; size += 1) {
      const events = Array.from({ length: size }, (_, n) =>
        sampleEvent({ tags: n === 1 ? [] : [`lead:${n}` as Tag, 'all' as Tag], data: { text: `Łódź ${n}` } }),
      );
      await log.append(sampleUnit(`u${size}`, { events }));
      if (size === 5) earlierHead = (await verifyLog(pool)).headHash ?? '';
    }
    head = (await verifyLog(pool)).headHash ?? '';
    await log.close();
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const through = (proof: EventProof): EventProof => parseProof(JSON.stringify(proof));
  const positions = Array.from({ length: 28 }, (_, index) => index + 1);

  it('holds for each event of the log, and leads to its head', async () => {
    for (const position of positions) {
      const proof = through(await proveEvent(pool, position));
      expect(verifyProof(proof, head)).toMatchObject({ position, faults: [], headHash: head, anchorFound: true });
    }
  });

  it('leads to an earlier head, if the event was in the log then', async () => {
    const proof = await proveEvent(pool, 15, earlierHead);
    expect(verifyProof(proof, earlierHead)).toMatchObject({ faults: [], batches: 1, anchorFound: true });
    expect(verifyProof(proof, head)).toMatchObject({ faults: [], anchorFound: false });
    await expect(proveEvent(pool, 16, earlierHead)).rejects.toThrow(NotProvable);
  });

  it('is not to be had of what is not in the log', async () => {
    await expect(proveEvent(pool, 29)).rejects.toThrow('there is no event at position 29');
    await expect(proveEvent(pool, 0)).rejects.toThrow(NotProvable);
  });

  it('fails when any part of it was changed', async () => {
    const proof = through(await proveEvent(pool, 13));
    const { event, path, batches } = proof;
    const other = '00'.repeat(32);
    const [own, ...later] = batches as [EventProof['batches'][number]];
    const changed: Record<string, EventProof> = {
      position: { ...proof, event: { ...event, position: 14 } },
      'position out of the batch': { ...proof, event: { ...event, position: 1 } },
      at: { ...proof, event: { ...event, at: event.at + 1 } },
      version: { ...proof, event: { ...event, version: 9 } },
      organization: { ...proof, event: { ...event, organization: 'other' } },
      type: { ...proof, event: { ...event, type: 'LeadLost' } },
      tags: { ...proof, event: { ...event, tags: '' } },
      payload: { ...proof, event: { ...event, payload: event.payload.replace('Łódź', 'Łodz') } },
      path: { ...proof, path: path.map((step, index) => (index === 0 ? { ...step, hash: other } : step)) },
      side: { ...proof, path: path.map(({ side, hash }) => ({ side: side === 'left' ? 'right' : 'left', hash })) },
      root: { ...proof, batches: [{ ...own, root: other }, ...later] },
      'time of a batch': { ...proof, batches: [{ ...own, at: own.at + 1 }, ...later] },
      'batch left out': { ...proof, batches: batches.filter((_, index) => index !== 1) },
      'batch of a later head': {
        ...proof,
        batches: batches.map((one, index) => (index === 2 ? { ...one, hash: other } : one)),
      },
      'no batch': { ...proof, batches: [] },
    };
    const found = Object.entries(changed).map(([what, one]) => [what, verifyProof(one).faults.length > 0]);
    expect(found).toEqual(Object.keys(changed).map((what) => [what, true]));
  });

  it.each(['', '{}', 'null', '[1]', '{"format":"lead-rotator-proof/1"}', '{"format":"lead-rotator-proof/2"}'])(
    'is not read from %j',
    (text) => {
      expect(() => parseProof(text)).toThrow(NoProof);
    },
  );

  it('is not read with a position that is none', async () => {
    const { event, ...rest } = await proveEvent(pool, 1);
    expect(() => parseProof(JSON.stringify({ ...rest, event: { ...event, position: 'first' } }))).toThrow(NoProof);
  });
});
