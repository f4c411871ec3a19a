import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresEventLog } from '@lead-rotator/event-log';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { eventDefinitions, type LeadRotatorEvent, toNewEvent } from '@lead-rotator/lead-events';
import { migrations } from '@lead-rotator/lead-rotator';
import { createTestDatabase, type TestDatabase } from '@lead-rotator/postgres';
import { runCommand } from '@lead-rotator/test-cluster';
import { codeBlocks } from './code-block.ts';

const page = readFileSync(new URL('../../how-to/audit-the-log.md', import.meta.url), 'utf8');
const code = codeBlocks('audit-the-log.md', page).find(({ language }) => language === 'js')?.code ?? '';

describe('the program that the page on audits shows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lead-rotator-audit-'));
  const out = join(folder, 'export');
  const program = join(folder, 'verify.mjs');
  let database: TestDatabase;
  let headHash: string;

  beforeAll(async () => {
    writeFileSync(program, code);
    database = await createTestDatabase(migrations);
    const log = new PostgresEventLog({ url: database.url, applicationName: 'audit' });
    const context = { organizationId: defaultOrganization, actor: 'service:spec', cause: 'request:spec' } as const;
    const samples = Object.values(eventDefinitions).map(
      ({ type, sample }) => ({ type, data: sample }) as LeadRotatorEvent,
    );
    const events = samples.map((sample) => toNewEvent(sample, context));
    await log.append({ id: 'one', events: events.slice(0, 1), guards: [] });
    await log.appendAll([
      { id: 'two', events: events.slice(1, 8), guards: [] },
      { id: 'three', events: events.slice(8), guards: [] },
    ]);
    await log.close();
    const environment = { DATABASE_URL: database.url, KAFKA_BROKERS: '', LOG_LEVEL: 'warn' };
    const { stdout } = await runCommand(['export', '--out', out, '--json'], environment);
    headHash = JSON.parse(stdout).headHash;
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await database?.drop();
  });

  const run = () => spawnSync(process.execPath, [program, out], { encoding: 'utf8' });

  it('comes to the same head as ours', () => {
    expect(run()).toMatchObject({ status: 0, stdout: `unchanged, head ${headHash}\n` });
  });

  it('finds a changed letter', () => {
    const path = join(out, 'events.ndjson');
    const events = readFileSync(path, 'utf8');
    writeFileSync(path, events.replace('Lead', 'Laed'));
    expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining('not what was written') });
    writeFileSync(path, events);
  });
});
