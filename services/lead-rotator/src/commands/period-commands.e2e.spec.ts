import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresEventLog } from '@lead-rotator/event-log';
import { createTestDatabase, type TestDatabase } from '@lead-rotator/postgres';
import { parseScenario } from '@lead-rotator/scenario';
import { runCommand } from '@lead-rotator/test-cluster';
import { migrations } from '../migrations.ts';
import { playOnLog } from '../simulation/play-on-log.ts';

const scenario = `
users: [ann, bob]
rotations: [{ id: web, members: [ann, bob], claim: { within: 15m } }]
rules: [{ id: rest, to: { rotation: web } }]
steps:
  - { wait: 1h }
  - { leads: { count: 4, every: 1m, prefix: L } }
  - { wait: 1h }
`;

describe('what-if and the report of fairness', () => {
  let database: TestDatabase;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'what-if-'));
    database = await createTestDatabase(migrations);
    const log = new PostgresEventLog({ url: database.url, applicationName: 'what-if' });
    await playOnLog(parseScenario(scenario), log);
    await log.close();
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await database?.drop();
  });

  async function run(change: string, ...parameters: string[]) {
    const file = join(folder, 'change.yaml');
    writeFileSync(file, change);
    const period = ['--from', '2026-01-05T09:30:00Z', '--to', '2026-01-05T10:14:00Z'];
    const environment = { DATABASE_URL: database.url, KAFKA_BROKERS: '', LOG_LEVEL: 'warn' };
    return runCommand(['what-if', file, ...period, ...parameters], environment);
  }

  it('puts what was recorded beside what would have been', async () => {
    const change = 'rotations: [{ id: web, claim: { within: 5m }, members: [{ user: bob, caps: { daily: 1 } }] }]';
    const [text, json] = [await run(change), await run(change, '--json')];
    expect(text.output).toMatch(/leads +4 +\| 4/);
    expect(text.output).toMatch(/misses +0 +\| [1-9]/);
    expect(text.exitCode).toBe(0);
    expect(JSON.parse(json.output)).toMatchObject({
      recorded: { misses: 0 },
      whatIf: { users: { bob: { turns: 1 } } },
    });
  });

  it('and the report of fairness holds the same turns against the promise of the strategy', async () => {
    const period = ['--from', '2026-01-05', '--to', '2026-01-06'];
    const environment = { DATABASE_URL: database.url, KAFKA_BROKERS: '', LOG_LEVEL: 'warn' };
    const { output, exitCode } = await runCommand(['report', 'fairness', ...period], environment);
    expect(output).toMatch(/^Rotation web, round-robin: \d+ turns\n {2}promised: between two turns .*\n {2}kept/);
    expect(exitCode).toBe(0);
    for (const command of [['report', 'fairness', ...period], ['replay']]) {
      const slip = await runCommand([...command, '--rotation', 'wbe'], environment);
      expect(slip).toMatchObject({ exitCode: 1, output: expect.stringContaining('no rotation wbe in the log') });
    }
  });

  it('refuses a file that it does not understand, with the place, what was found and what is allowed', async () => {
    const { exitCode, output } = await run('rotations: [{ id: web, strategy: wieghted }]');
    expect(exitCode).toBe(2);
    expect(output).toContain('change.yaml: rotations[0].strategy: found "wieghted", allowed: round-robin');
  });

  it('refuse a period that ends before it begins, in place of an answer about nothing', async () => {
    const period = ['--from', '2026-01-06', '--to', '2026-01-05'];
    const environment = { DATABASE_URL: database.url, KAFKA_BROKERS: '', LOG_LEVEL: 'warn' };
    const fairness = await runCommand(['report', 'fairness', ...period], environment);
    const whatIf = await run('rotations: [{ id: web, on: true }]', ...period);
    for (const { exitCode, output } of [fairness, whatIf]) {
      expect({ exitCode, output }).toMatchObject({
        exitCode: 1,
        output: expect.stringContaining('--to must be later'),
      });
    }
  });
});
