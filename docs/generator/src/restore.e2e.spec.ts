import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { KafkaEventBus } from '@lead-rotator/event-bus';
import { eventually } from '@lead-rotator/eventually';
import { asAdmin, type OwnBroker, testBrokerSource } from '@lead-rotator/kafka-broker';
import { createTestDatabase, type TestDatabase } from '@lead-rotator/postgres';
import { leadMessage, runCommand, ServiceProcess, sampleLead } from '@lead-rotator/test-cluster';
import pg from 'pg';

const program = fileURLToPath(new URL('../../../services/lead-rotator/bin/lead-rotator.js', import.meta.url));
const source = await testBrokerSource();
/** A group that lost its member without a word waits for the end of its session before another may join. */
const rejoinMilliseconds = 120_000;

describe('a log restored from a backup by the steps of the page', () => {
  if ('skipped' in source) {
    it.skip(`is skipped: ${source.skipped}`, () => undefined);
    return;
  }
  const cleanUp: (() => Promise<unknown>)[] = [];
  afterAll(async () => {
    for (const step of cleanUp.reverse()) await step();
  });

  it('is whole, has what came by Kafka since, and its topic holds nothing of the lost future', async () => {
    const broker = await source.start();
    cleanUp.push(() => broker.stop());
    const database = await createTestDatabase([]);
    cleanUp.push(() => database.drop());
    const environment = { DATABASE_URL: database.url, KAFKA_BROKERS: broker.brokers.join(','), LOG_LEVEL: 'warn' };
    const services = await ServiceProcess.start(['all'], environment);
    cleanUp.push(() => services.end());
    await register(services);
    await send(services, ['before-1', 'before-2']);
    await sendByKafka(broker, 'kafka-before');
    await untilAssigned(database, 3);
    const refused = await runCommand(['renew-log', '--yes'], environment);
    expect(refused).toMatchObject({ exitCode: 1, output: expect.stringContaining('stop all services first') });
    await services.end();
    const backup = await copyOf(database);
    const backupAt = Date.now();
    cleanUp.push(() => dropDatabase(database, backup));
    await services.start();
    await send(services, ['lost-1', 'lost-2', 'lost-3']);
    await sendByKafka(broker, 'kafka-since');
    await untilAssigned(database, 7);
    await services.end();

    await restore(database, backup);
    const renewed = await runCommand(['renew-log', '--yes'], environment);
    expect(renewed).toMatchObject({
      exitCode: 0,
      output: expect.stringMatching(/^log \S+ is log \S+ now, \d+ events$/m),
    });
    const { output } = await runCommand(['rebuild'], environment);
    expect(output).toMatch(/lead-tables: \d+ rows.*\nsla: /s);
    await deleteEvents(broker);
    services.launch();
    await untilItSays(services, "set the group's offsets anew");
    await services.end();
    await setBack(broker, backupAt);
    await services.start();
    await untilAssigned(database, 4);
    await send(services, ['after-1', 'before-2']);

    const check = spawnSync(process.execPath, [program, 'check', '--json'], {
      env: { ...process.env, ...environment },
      encoding: 'utf8',
    });
    expect(check.stdout + check.stderr).toContain('"faults":[]');
    expect(check.status).toBe(0);
    await untilAssigned(database, 5);
  });
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
    await eventually(
      async () => expect(await stateOf(`${url}/leads/${leadId}`, key)).toBe('assigned'),
      rejoinMilliseconds,
    );
  }
}

async function sendByKafka({ brokers }: OwnBroker, id: string): Promise<void> {
  const bus = new KafkaEventBus({ brokers, clientId: 'crm' });
  await bus.publish('leads.inbound', [leadMessage(id)]);
  await bus.close();
}

async function untilAssigned({ url }: TestDatabase, leads: number): Promise<void> {
  const assigned = () => run(url, "select from events where type = 'LeadAssigned'");
  await eventually(async () => expect(await assigned()).toHaveLength(leads), rejoinMilliseconds);
}

async function untilItSays({ url }: ServiceProcess, text: string): Promise<void> {
  const readiness = async () => (await fetch(`${url}/health/ready`)).text();
  await eventually(async () => expect(await readiness()).toContain(text), rejoinMilliseconds);
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

/** As `kafka-consumer-groups.sh --reset-offsets --to-datetime` does, which keeps nothing beside the offsets. */
async function setBack({ brokers }: OwnBroker, time: number): Promise<void> {
  const ways = [
    { groupId: 'lead-rotator.intake', topic: 'leads.inbound' },
    { groupId: 'lead-rotator.sla', topic: 'leads.activities' },
    { groupId: 'lead-rotator.sla', topic: 'leads.activities.retry' },
  ];
  await asAdmin(brokers, 'operator', async (admin) => {
    for (const { groupId, topic } of ways) {
      const partitions = await admin.fetchTopicOffsetsByTimestamp(topic, time);
      // Refused as long as the group has a member.
      await eventually(() => admin.setOffsets({ groupId, topic, partitions }));
    }
  });
}

const deleteEvents = ({ brokers }: OwnBroker): Promise<void> =>
  asAdmin(brokers, 'operator', (admin) => admin.deleteTopics({ topics: ['leads.events'] }));
