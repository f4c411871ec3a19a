import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresEventLog } from '@lead-rotator/event-log';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { eventDefinitions, type LeadId, type LeadRotatorEvent, toNewEvent } from '@lead-rotator/lead-events';
import { createPool, createTestDatabase, type TestDatabase } from '@lead-rotator/postgres';
import { runCommand } from '@lead-rotator/test-cluster';
import { migrations } from '../migrations.ts';

const { UserRegistered, LeadLost } = eventDefinitions;

describe('the commands that read the log', () => {
  let database: TestDatabase;
  let log: PostgresEventLog;

  beforeAll(async () => {
    database = await createTestDatabase(migrations);
    log = new PostgresEventLog({ url: database.url, applicationName: 'operator commands' });
    await append({ type: 'UserRegistered', data: UserRegistered.sample });
  });

  afterAll(async () => {
    await log?.close();
    await database?.drop();
  });

  const run = (...parameters: string[]) =>
    runCommand(parameters, { DATABASE_URL: database.url, KAFKA_BROKERS: '', LOG_LEVEL: 'warn' });

  async function append(event: LeadRotatorEvent): Promise<void> {
    const context = { organizationId: defaultOrganization, actor: 'service:spec', cause: 'request:spec' } as const;
    await log.append({ id: event.type, events: [toNewEvent(event, context)], guards: [] });
  }

  it('find nothing wrong with a log in which nothing is', async () => {
    const [checked, verified, printed] = [await run('check'), await run('verify'), await run('log', '--json')];
    expect(checked.output).toContain('no faults');
    expect(verified.output).toMatch(/1 events in 1 batches, head [0-9a-f]{64}: unchanged/);
    expect(JSON.parse(printed.stdout)).toMatchObject({ position: 1, type: 'UserRegistered' });
    expect([checked, verified, printed].map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  });

  it('make no log where there is none, and no newer one of an old one', async () => {
    const databases = await Promise.all([createTestDatabase([]), createTestDatabase(migrations.slice(0, -1))]);
    const checks = await Promise.all(
      databases.map(({ url }) => runCommand(['check'], { DATABASE_URL: url, KAFKA_BROKERS: '' })),
    );
    expect(checks.map(({ exitCode }) => exitCode)).toEqual([1, 1]);
    expect(checks[0]?.output).toContain('DATABASE_URL: there is no log in it');
    expect(checks[1]?.output).toContain('DATABASE_URL: it was left by an older version of the program');
    await Promise.all(databases.map((one) => one.drop()));
  });

  it('print no log for a type of event that there is not, as if nothing of it had happened', async () => {
    const { exitCode, output } = await run('log', '--type', 'UserRegistered', 'UserRegisterd');
    expect(exitCode).toBe(1);
    expect(output).toContain("argument 'UserRegisterd' is invalid. there is no such event");
  });

  it('name a lead or a rotation that the log does not know, and where it ends', async () => {
    const [lead, rotation, beyond] = [
      await run('log', '--lead', 'facebook/none'),
      await run('log', '--rotation', 'none'),
      await run('replay', '--at', '99'),
    ];
    expect([lead.exitCode, rotation.exitCode, beyond.exitCode]).toEqual([1, 1, 0]);
    expect(lead.output).toContain('no lead facebook/none in organization default');
    expect(rotation.output).toContain('there is no rotation none in the log');
    expect(beyond.output).toContain('the log ends at position 1\nPosition 1,');
  });

  it('write an export that verifies without a database, and holds the head of the log', async () => {
    const out = join(await mkdtemp(join(tmpdir(), 'lead-rotator-')), 'export');
    const exported = await run('export', '--out', out, '--json');
    const { headHash } = JSON.parse(exported.stdout);
    const nowhere = { DATABASE_URL: 'postgres://127.0.0.1:1/none' };
    const verify = (...parameters: string[]) => runCommand(['verify', out, ...parameters], nowhere);
    const verified = await verify('--anchor', headHash);
    expect(verified.output).toContain(`1 events in 1 batches, head ${headHash}: unchanged, and holds ${headHash}`);
    const other = 'c0ffee'.padEnd(64, '0');
    const [log, none] = [await run('verify', '--anchor', headHash), await verify('--anchor', other)];
    expect(none.output).toContain(`FAULT: no batch has the hash ${other}`);
    const slip = await verify('--anchor', 'c0ffee');
    expect(slip.output).toContain('not a hash of 64 hexadecimal digits');
    expect([exported, verified, log, none, slip].map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 1, 1]);
    await rm(dirname(out), { recursive: true });
  });

  it('print a proof of an event that verifies without a database, and no longer when it was changed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lead-rotator-'));
    const [proven, beyond] = [await run('prove', '1'), await run('prove', '4711')];
    const { headHash } = JSON.parse((await run('verify', '--json')).stdout);
    await writeFile(join(folder, 'proof.json'), proven.stdout);
    await writeFile(join(folder, 'changed.json'), proven.stdout.replace('UserRegistered', 'UserDeactivated'));
    const nowhere = { DATABASE_URL: 'postgres://127.0.0.1:1/none' };
    const verify = (file: string) => runCommand(['verify', join(folder, file), '--anchor', headHash], nowhere);
    const [verified, changed] = [await verify('proof.json'), await verify('changed.json')];
    expect(verified.output).toContain(`event 1, UserRegistered, by 1 batches up to the head ${headHash}: proven`);
    expect(changed.output).toContain('FAULT: the event does not belong to the batch');
    expect(beyond.output).toContain('there is no event at position 4711');
    expect([proven, beyond, verified, changed].map(({ exitCode }) => exitCode)).toEqual([0, 1, 0, 1]);
    await rm(folder, { recursive: true });
  });

  it.each(['leads.events', 'leads.activities.retry', 'leads.notifications', 'leads.inbound.dead-letter'])(
    'write the log to no topic that the services use: %s',
    async (topic) => {
      const { output, exitCode } = await run('republish', '--to', topic);
      expect(output).toContain(`${topic} is in use`);
      expect(exitCode).toBe(1);
    },
  );

  it('exit with 1 and say where, once an event is wrong and another one was changed', async () => {
    await append({ type: 'LeadLost', data: { ...LeadLost.sample, leadId: 'unheard-of' as LeadId } });
    await tamper();
    const [checked, verified] = [await run('check', '--json'), await run('verify')];
    expect(JSON.parse(checked.stdout).faultCounts).toMatchObject({ 'unknown-lead': 1, 'broken-hash': 1 });
    expect(verified.output).toContain('FAULT at 1–1');
    expect([checked, verified].map(({ exitCode }) => exitCode)).toEqual([1, 1]);
  });

  /** As somebody would who has the rights of a superuser. */
  async function tamper(): Promise<void> {
    const pool = createPool({ url: database.url, applicationName: 'somebody' });
    const client = await pool.connect();
    await client.query('set session_replication_role = replica');
    await client.query("update events set type = 'UserActivated' where position = 1");
    client.release(true);
    await pool.end();
  }
});
