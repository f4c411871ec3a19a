import '../virtual-time/builtins.ts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import type { World } from '../world.ts';

// As in `simulate-seed.spec.ts`: not before timers are replaced.
const { eventBusMigrations, Leases, RelayCursors } = await import('@lead-rotator/event-bus');
const { eventLogMigrations, perfectWire } = await import('@lead-rotator/event-log');
const { createPool, createTestDatabase } = await import('@lead-rotator/postgres');
const { readModelMigrations, TableProjector } = await import('@lead-rotator/read-models');
const { PostgresDecidedCursor } = await import('@lead-rotator/router');
const { DeadlineTable, SlaTablesProjection, slaMigrations, WaitingTable, WarningTable } = await import(
  '@lead-rotator/sla'
);
const { Server } = await import('../network/server.ts');
const { simulateSeed } = await import('../simulate-seed.ts');
const { VirtualProcess } = await import('../virtual-time/virtual-process.ts');
const { VirtualTime } = await import('../virtual-time/virtual-time.ts');
const { SimulatedDatabase } = await import('./simulated-database.ts');

const beforeAllDue = { due: Number.MIN_SAFE_INTEGER, assigned: 0 };
const late = Number.MAX_SAFE_INTEGER;

/** The log of a seed, in which much has happened. */
async function logOf(seed: number): Promise<World['log']> {
  const worlds: World[] = [];
  await simulateSeed(seed, (world) => worlds.push(world));
  return (worlds[0] as World).log;
}

/** Brings the tables up to a position, by the code of the services. */
async function project(pool: Pool, log: World['log'], until: number): Promise<void> {
  const stop = new AbortController();
  const view = {
    id: () => log.id(),
    async *follow({ signal: _, ...selection }: Parameters<World['log']['follow']>[0]) {
      yield await log.read({ ...selection, until, limit: 100_000 });
      stop.abort();
    },
  };
  await new TableProjector(pool, view as unknown as World['log'], new SlaTablesProjection(() => {})).run(stop.signal);
}

async function readTables(pool: Pool, log: World['log']): Promise<unknown> {
  const [deadlines, waiting, warnings] = [new DeadlineTable(pool), new WaitingTable(pool), new WarningTable(pool)];
  const all = await deadlines.read(beforeAllDue, late, 1_000);
  const [first] = all;
  const rotations = await waiting.rotations();
  const [{ organizationId } = { organizationId: 'default' as never }] = rotations;
  const ids = rotations.map(({ rotationId }) => rotationId);
  const leads = await waiting.leads(organizationId, ids, 0, 100);
  const { events } = await log.read({ limit: 10_000 });
  const warned = [];
  for (const { at } of events) warned.push(await warnings.read(at, first === undefined ? [] : [first.assigned], 2));
  return {
    all,
    behindFirst: first && (await deadlines.read(first, first.due + 1_000, 2)),
    rotations,
    leads,
    behindLead: await waiting.leads(organizationId, ids, leads[0]?.since ?? 0, 2),
    warned,
  };
}

async function useCursors(pool: Pool, logId: string): Promise<unknown> {
  const [relay, decided] = [new RelayCursors(pool), new PostgresDecidedCursor(pool)];
  const read = [await relay.read('topic'), await decided.load(logId)];
  for (const position of [5, 3]) {
    await relay.save('topic', { logId, position });
    await decided.save(logId, position);
    read.push(await relay.read('topic'), await decided.load(logId));
  }
  await relay.save('topic', { logId: 'another', position: 9 });
  return [...read, await relay.read('topic'), await decided.load('00000000-0000-4000-8000-000000000099')];
}

/** Two copies that want the same lease, which lasts shorter than each of them works, and is renewed meanwhile. */
async function useLeases(pool: Pool): Promise<unknown> {
  const { signal } = new AbortController();
  const held: string[] = [];
  const work = async (holder: string) => {
    const renewals = Promise.withResolvers<void>();
    let renewed = 0;
    const counting = {
      query: async (query: { readonly name: string }) => {
        const answer = await pool.query(query as never);
        if (query.name === 'renew-lease' && ++renewed === 5) renewals.resolve();
        return answer;
      },
    } as unknown as Pool;
    const leases = new Leases({ pool: counting, holder, milliseconds: 8_000 });
    await leases.withLease('lease', signal, async (lease) => {
      held.push(`epoch ${lease.epoch} begins`);
      await renewals.promise;
      held.push(`epoch ${lease.epoch} ends, held: ${lease.isHeld()}`);
    });
  };
  await Promise.all([work('one'), work('other')]);
  return held;
}

describe('the simulated database and PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let postgres: Pool;

  beforeAll(async () => {
    const migrations = [...eventLogMigrations, ...eventBusMigrations, ...readModelMigrations, ...slaMigrations];
    database = await createTestDatabase(migrations);
    postgres = createPool({ url: database.url, applicationName: 'spec' });
  });
  afterAll(async () => {
    await postgres.end();
    await database.drop();
  });

  const simulated = () => {
    const process = new VirtualProcess('spec', new VirtualTime(0));
    return new SimulatedDatabase(new Server('spec'), Date.now).pool(process, perfectWire);
  };

  it.each([1, 2, 3, 4, 5, 6])(
    'hold the same deadlines, warnings and waiting leads of seed %d at every place',
    async (seed) => {
      const log = await logOf(seed);
      const head = await log.head();
      const pool = simulated();
      await postgres.query(
        'truncate projection_cursors, open_deadlines, waiting_leads, claim_warnings, deadline_warnings',
      );
      for (let until = 10; until < head + 10; until += 10) {
        const found: unknown[] = [];
        for (const one of [pool, postgres]) {
          await project(one, log, Math.min(until, head));
          found.push(await readTables(one, log));
        }
        expect(found[0]).toEqual(found[1]);
      }
    },
  );

  it('move cursors alike', async () => {
    const logId = '00000000-0000-4000-8000-000000000001';
    expect(await useCursors(simulated(), logId)).toEqual(await useCursors(postgres, logId));
  });

  it('give a lease to one at a time, and count the holders', async () => {
    const held = ['epoch 1 begins', 'epoch 1 ends, held: true', 'epoch 2 begins', 'epoch 2 ends, held: true'];
    expect(await Promise.all([useLeases(simulated()), useLeases(postgres)])).toEqual([held, held]);
  });
});
