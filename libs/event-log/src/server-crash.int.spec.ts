import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPool, type EmbeddedPostgres, migrate, serviceRole, startEmbeddedPostgres } from '@lead-rotator/postgres';
import { sampleUnit } from './contract/sample-unit.ts';
import { eventLogMigrations } from './migrations/index.ts';
import { PostgresEventLog } from './postgres-event-log.ts';
import { verifyLog } from './verify/verify-log.ts';

describe('a server that is killed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lead-rotator-crash-'));
  const dataDir = join(folder, 'postgres');
  let server: EmbeddedPostgres;

  beforeAll(async () => {
    server = await startEmbeddedPostgres({ dataDir });
    await migrate(server.url, eventLogMigrations);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('loses nothing that was answered, appends nothing twice, and leaves no gap', async () => {
    const log = new PostgresEventLog({
      url: server.url,
      applicationName: 'tests',
      role: serviceRole,
      patienceMilliseconds: 60_000,
    });
    const places = new Map<number, string>();
    const caller = async (name: number) => {
      for (let n = 0; n < 40; n += 1) {
        const id = `${name}-${n}`;
        const outcome = await log.append(sampleUnit(id));
        if (outcome.status !== 'appended') throw new Error(`${id} was refused`);
        expect(places.get(outcome.first)).toBeUndefined();
        places.set(outcome.first, id);
      }
    };
    const callers = Array.from({ length: 16 }, (_, name) => caller(name));
    while (places.size < 100) await new Promise((resolve) => setImmediate(resolve));
    process.kill(server.pid, 'SIGKILL');
    server = await startEmbeddedPostgres({ dataDir, port: server.port });
    await Promise.all(callers);
    expect(await log.head()).toBe(640);
    expect(places.size).toBe(640);
    await log.close();
    const pool = createPool({ url: server.url, applicationName: 'tests' });
    expect(await verifyLog(pool)).toMatchObject({ events: 640, faults: [] });
    await pool.end();
  });
});
