import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Tag } from '@lead-rotator/event-sourcing';
import { createPool, createTestDatabase, type TestDatabase } from '@lead-rotator/postgres';
import type pg from 'pg';
import { sampleEvent, sampleUnit } from '../contract/sample-unit.ts';
import { eventLogMigrations } from '../migrations/index.ts';
import { PostgresEventLog } from '../postgres-event-log.ts';
import { verifyLog } from '../verify/verify-log.ts';
import { exportLog, NothingToExport } from './export-log.ts';
import { NoExport, verifyExport } from './verify-export.ts';

const exportedAt = new Date('2026-01-05T09:00:00Z');

describe('an export', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let folder: string;
  let number = 0;
  let directory: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lead-rotator-export-'));
    database = await createTestDatabase(eventLogMigrations);
    pool = createPool({ url: database.url, applicationName: 'tests' });
    const log = new PostgresEventLog({ url: database.url, applicationName: 'tests' });
    for (let size = 1; size <= 5; size += 1) {
      const data = { leadId: `L${size}`, text: `Łódź, "${size}"\n=1+1` };
      const events = Array.from({ length: size }, (_, n) => sampleEvent({ tags: [`lead:${n}` as Tag], data }));
      await log.append(sampleUnit(`u${size}`, { events }));
    }
    await log.appendAll([sampleUnit('x', { events: [sampleEvent({ tags: [] })] }), sampleUnit('y')]);
    await log.close();
  });
  beforeEach(() => {
    directory = join(folder, String(number++));
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  const whole = () => exportLog(pool, { directory, exportedAt });
  const path = (file: string) => join(directory, file);
  async function change(file: string, how: (text: string) => string): Promise<void> {
    const text = await readFile(path(file), 'utf8');
    const changed = how(text);
    expect(changed).not.toBe(text);
    await writeFile(path(file), changed);
  }

  it('is the whole log, and verifies without it', async () => {
    const manifest = await whole();
    const { headHash } = await verifyLog(pool);
    expect(manifest).toMatchObject({ from: 1, to: 17, events: 17, batches: 6, headHash });
    expect(await verifyExport(directory)).toEqual({
      manifest,
      events: 17,
      batches: 6,
      faults: [],
      faultCount: 0,
      misfits: [],
    });
  });

  it('of a part begins and ends with whole batches, and follows from what is before', async () => {
    const manifest = await exportLog(pool, { directory, exportedAt, after: 4, until: 8 });
    expect(manifest).toMatchObject({ from: 4, to: 10, events: 7, batches: 2 });
    const { rows } = await pool.query("select encode(hash, 'hex') as hash from batches where last = 3");
    const anchor = rows[0].hash;
    expect(await verifyExport(directory, { anchor })).toMatchObject({ faults: [], misfits: [], anchorFound: true });
  });

  it('is refused when nothing is in the range, and never written over another', async () => {
    await expect(exportLog(pool, { directory, exportedAt, after: 17 })).rejects.toThrow(/^no event stands behind 17$/);
    await expect(exportLog(pool, { directory, exportedAt, after: 5, until: 5 })).rejects.toBeInstanceOf(
      NothingToExport,
    );
    await whole();
    await expect(whole()).rejects.toThrow('EEXIST');
    expect(await verifyExport(directory)).toMatchObject({ faultCount: 0, misfits: [] });
  });

  it('has a table for spreadsheets, in which nothing is a formula', async () => {
    await whole();
    const table = await readFile(path('events.csv'), 'utf8');
    expect(table.split('\r\n')[0]).toBe(
      'position,time,organization,type,version,leadId,rotationId,ownerId,actor,cause,data',
    );
    expect(table.split('\r\n')[1]).toMatch(/^1,\d{4}-.*,L1,,,.*"\{""leadId"":""L1""/);
  });

  it.each([
    ['an event', 'events.ndjson', (text: string) => text.replace('Łódź', 'Lódź')],
    ['an event that is gone', 'events.ndjson', (text: string) => text.slice(text.indexOf('\n') + 1)],
    ['an event twice', 'events.ndjson', (text: string) => text.slice(0, text.indexOf('\n') + 1) + text],
    ['a tag', 'events.ndjson', (text: string) => text.replace(/"tags":"../, '"tags":"00')],
    ['a batch that is gone', 'batches.ndjson', (text: string) => text.slice(text.indexOf('\n') + 1)],
    ['the time of a batch', 'batches.ndjson', (text: string) => text.replace(/"at":\d/, '"at":2')],
    ['the id of a unit', 'batches.ndjson', (text: string) => text.replace(/"id":"../, '"id":"00')],
    ['the table', 'events.csv', (text: string) => text.replace('L1', 'L2')],
    ['the end', 'manifest.json', (text: string) => text.replace('"to": 17', '"to": 16')],
    ['the head', 'manifest.json', (text: string) => text.replace(/"headHash": "../, '"headHash": "00')],
    ['the id of the log', 'manifest.json', (text: string) => text.replace(/"firstLogId": "../, '"firstLogId": "00')],
  ])('shows that somebody has changed %s', async (_, file, how) => {
    await whole();
    await change(file, how);
    const { faults, misfits } = await verifyExport(directory);
    expect(faults.length + misfits.length).toBeGreaterThan(0);
  });

  it('made again with everything that is in it does not hold the head that was kept elsewhere', async () => {
    const { headHash: anchor } = await whole();
    expect(await verifyExport(directory, { anchor })).toMatchObject({ anchorFound: true });
    await change('batches.ndjson', (text) => `${text.trimEnd().split('\n').slice(0, -1).join('\n')}\n`);
    expect(await verifyExport(directory, { anchor })).toMatchObject({ anchorFound: false });
    expect(await verifyLog(pool, { anchor })).toMatchObject({ anchorFound: true });
    expect(await verifyLog(pool, { anchor: '00' })).toMatchObject({ anchorFound: false });
  });

  it.each([
    ['no manifest', 'manifest.json', () => ''],
    ['another format', 'manifest.json', (text: string) => text.replace('export/1', 'export/2')],
    ['a line that is no event', 'events.ndjson', () => '{"position":"1"}\n'],
    ['a line that is no batch', 'batches.ndjson', () => 'nothing\n'],
  ])('cannot be verified with %s', async (_, file, how) => {
    await whole();
    await change(file, how);
    await expect(verifyExport(directory)).rejects.toBeInstanceOf(NoExport);
  });
});
