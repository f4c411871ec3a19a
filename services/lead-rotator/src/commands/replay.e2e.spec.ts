import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresEventLog } from '@lead-rotator/event-log';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { type EventOfType, type LeadRotatorEvent, readEvent, toNewEvent } from '@lead-rotator/lead-events';
import { createTestDatabase, type TestDatabase } from '@lead-rotator/postgres';
import { parseScenario } from '@lead-rotator/scenario';
import { runCommand } from '@lead-rotator/test-cluster';
import { migrations } from '../migrations.ts';
import { playOnLog } from '../simulation/play-on-log.ts';

const scenario = `
users: [ann, bob, eve]
rotations: [{ id: web, members: [ann, bob, eve], claim: { within: 15m } }]
rules: [{ id: rich, when: { field: attributes.budget, above: 4000 }, to: { rotation: web } }, { id: rest, to: unassigned }]
steps:
  - { leads: { count: 3, every: 1m, prefix: L, attributes: { budget: 5000 } } }
  - { act: { lead: L1, by: ann, kind: call } }
  - { wait: 1h }
`;

describe('lead-rotator replay', () => {
  let database: TestDatabase;
  let log: PostgresEventLog;

  beforeAll(async () => {
    database = await createTestDatabase(migrations);
    log = new PostgresEventLog({ url: database.url, applicationName: 'replay' });
    await playOnLog(parseScenario(scenario), log);
  });

  afterAll(async () => {
    await log?.close();
    await database?.drop();
  });

  const run = (...parameters: string[]) =>
    runCommand(parameters, { DATABASE_URL: database.url, KAFKA_BROKERS: '', LOG_LEVEL: 'warn' });

  it('finds that every decision comes out as it was recorded, also after a person was erased', async () => {
    expect((await run('replay')).output).toMatch(/\d+ decisions in \d+ events taken again: all come out as recorded/);
    const contactId = await log.contacts.find(defaultOrganization, {
      kind: 'email',
      value: 'L1@lead.example'.toLowerCase(),
    });
    await log.contacts.forget(contactId as never);
    const { output, exitCode } = await run('replay', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ different: 0, erased: 1, differences: [] });
  });

  it('prints how it stood at a position', async () => {
    const { events } = await log.read({ types: ['LeadAssigned'] });
    const { output } = await run('replay', '--at', String(events[0]?.position));
    expect(output).toContain('Rotation web: on, round-robin, 1 turns, last ann, next bob');
    expect(output).toContain('Owner ann: 1 open: L1');
  });

  it('does the same with an export, without a database; what was recorded of sealed data counts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'replay-'));
    try {
      const directory = join(folder, 'whole');
      await run('export', '--out', directory);
      const nowhere = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
      const { output, exitCode } = await runCommand(['replay', directory, '--json'], nowhere);
      expect({ exitCode, ...JSON.parse(output) }).toMatchObject({ exitCode: 0, different: 0, erased: 3 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('finds a decision that was forged with a valid hash chain', async () => {
    const [turn] = (await log.read({ types: ['LeadReassigned'] })).events.map(readEvent).slice(-1);
    const { data } = turn as EventOfType<'LeadReassigned'>;
    await forge({
      type: 'LeadReassigned',
      data: { ...data, leadId: 'L1' as never, previousOwnerId: 'ann' as never, ownerId: 'bob' as never },
    });
    const [verified, replayed] = [await run('verify'), await run('replay')];
    expect(verified.output).toContain('unchanged');
    expect(replayed.exitCode).toBe(1);
    expect(replayed.output).toContain('lead L1: LeadReassigned: nothing stands before it from which it follows');
    expect(replayed.output).toMatch(/: 1 differ/);
    expect((await run('replay', '--to', String((await log.head()) - 1))).exitCode).toBe(0);
  });

  /** As somebody can who may append: the log hashes it as any other event. */
  async function forge(event: LeadRotatorEvent): Promise<void> {
    const context = { organizationId: defaultOrganization, actor: 'service:router', cause: 'event:1' } as const;
    await log.append({ id: 'forged', events: [toNewEvent(event, context)], guards: [] });
  }
});
