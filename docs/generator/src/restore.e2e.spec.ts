import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { asAdmin, type OwnBroker, testBrokerSource } from '@lead-rotator/kafka-broker';
import { createTestDatabase, type TestDatabase } from '@lead-rotator/postgres';
import { runCommand, ServiceProcess, sampleLead } from '@lead-rotator/test-cluster';
import pg from 'pg';
import { codeBlocks } from './code-block.ts';

const program = fileURLToPath(new URL('../../../services/lead-rotator/bin/lead-rotator.js', import.meta.url));
const page = readFileSync(new URL('../../how-to/operate.md', import.meta.url), 'utf8');
const sql = codeBlocks('operate.md', page).find(({ language }) => language === 'sql')?.code ?? '';
const source = await testBrokerSource();

describe('a log restored from a backup by the steps of the page', () => {
  if ('skipped' in source) {
    it.skip(`is skipped: ${source.skipped}`, () => undefined);
    return;
  }
  const cleanUp: (() => Promise<unknown>)[] = [];
  afterAll(async () => {
    for (const step of cleanUp.reverse()) await step();
  }, 60_000);

  it('is whole, and its topic holds nothing of the lost future', async () => {
    const broker = await source.start();
    cleanUp.push(() => broker.stop());
    const database = await createTestDatabase([]);
    cleanUp.push(() => database.drop());
    const environment = { DATABASE_URL: database.url, KAFKA_BROKERS: broker.brokers.join(','), LOG_LEVEL: 'warn' };
    const services = await ServiceProcess.start(['all'], environment);
    cleanUp.push(() => services.end());
    await register(services);
    await send(services, ['before-1', 'before-2']);
    await services.end();
    const backup = await copyOf(database);
    cleanUp.push(() => dropDatabase(database, backup));
    await services.start();
    await send(services, ['lost-1', 'lost-2', 'lost-3']);
    await services.end();

    await restore(database, backup);
    await run(database.url, sql);
    const { output } = await runCommand(['rebuild'], environment);
    expect(output).toMatch(/lead-tables: \d+ rows.*\nsla: /s);
    await deleteEvents(broker);
    await services.start();
    await send(services, ['after-1', 'before-2']);

    const check = spawnSync(process.execPath, [program, 'check', '--json'], {
      env: { ...process.env, ...environment },
      encoding: 'utf8',
    });
    expect(check.stdout + check.stderr).toContain('"faults":[]');
    expect(check.status).toBe(0);
    const assigned = await run(database.url, "select count(*)::int from events where type = 'LeadAssigned'");
    expect(assigned).toEqual([{ count: 3 }]);
  }, 180_000);
});

async function register({ url, key }: ServiceProcess): Promise<void> {
  await post(`${url}/users`, key, { id: 'ann', email: 'ann@acme.example' });
  await post(`${url}/rotations`, key, { id: 'web', name: 'Web', claim: { within: 900_000 } });
  await post(`${url}/rotations/web/members`, key, { user: 'ann' });
}

/** Sends leads, and waits until each has its owner. */
async function send({ url, key }: ServiceProcess, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const { leadId } = (await post(`${url}/leads`, key, sampleLead(id))) as { leadId: string };
    for (let tries = 0; (await stateOf(`${url}/leads/${leadId}`, key)) !== 'assigned'; tries++) {
      if (tries === 300) throw new Error(`lead ${id} has no owner after half a minute`);
      await pause(100);
    }
  }
}

const headersWith = (key: string | undefined) => ({
  authorization: `Bearer ${key}`,
  'content-type': 'application/json',
});

async function stateOf(url: string, key: string | undefined): Promise<string> {
  return ((await (await fetch(url, { headers: headersWith(key) })).json()) as { state: string }).state;
}

async function post(url: string, key: string | undefined, body: object): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', headers: headersWith(key), body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.json();
}

const nameOf = (url: string): string => new URL(url).pathname.slice(1);

/** The server's own database: one cannot copy or rename the database one is in. */
function serverOf(url: string): string {
  const server = new URL(url);
  server.pathname = '/postgres';
  return server.href;
}

async function copyOf({ url }: TestDatabase): Promise<string> {
  const backup = `${nameOf(url)}_backup`;
  await run(serverOf(url), `create database ${backup} template ${nameOf(url)}`);
  return backup;
}

async function restore({ url }: TestDatabase, backup: string): Promise<void> {
  await dropDatabase({ url }, nameOf(url));
  await run(serverOf(url), `create database ${nameOf(url)} template ${backup}`);
}

const dropDatabase = ({ url }: Pick<TestDatabase, 'url'>, name: string) =>
  run(serverOf(url), `drop database if exists ${name} with (force)`);

async function run(url: string, statements: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query(statements);
    return result.rows ?? [];
  } finally {
    await client.end();
  }
}

const deleteEvents = ({ brokers }: OwnBroker): Promise<void> =>
  asAdmin(brokers, 'operator', (admin) => admin.deleteTopics({ topics: ['leads.events'] }));
