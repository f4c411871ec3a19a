import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresEventLog } from '@lead-rotator/event-log';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { eventDefinitions, toNewEvent } from '@lead-rotator/lead-events';
import { leadIdOf } from '@lead-rotator/lead-intake';
import { createTestDatabase, type TestDatabase } from '@lead-rotator/postgres';
import { parseScenario } from '@lead-rotator/scenario';
import { runCommand } from '@lead-rotator/test-cluster';
import { migrations } from '../migrations.ts';
import { playOnLog } from '../simulation/play-on-log.ts';

const scenario = `
users: [{ id: ann }, bob]
rotations: [{ id: web, members: [ann, bob], claim: { within: 15m } }]
rules:
  - { id: rich, when: { field: attributes.budget, above: 4000 }, to: { rotation: web } }
  - { id: rest, to: unassigned }
steps: [{ lead: { id: L1, country: DE, email: kim@lead.example, attributes: { budget: 5000 } } }, { wait: 15m }]
`;

describe('lead-rotator explain', () => {
  let database: TestDatabase;
  let log: PostgresEventLog;

  beforeAll(async () => {
    database = await createTestDatabase(migrations);
    log = new PostgresEventLog({ url: database.url, applicationName: 'explain' });
    await playOnLog(parseScenario(scenario), log);
  });

  afterAll(async () => {
    await log?.close();
    await database?.drop();
  });

  const explain = (...parameters: string[]) =>
    runCommand(['explain', ...parameters], { DATABASE_URL: database.url, KAFKA_BROKERS: '', LOG_LEVEL: 'warn' });

  it('tells why a lead went where it went, and shows the person only if asked to', async () => {
    const [shut, opened] = [await explain('L1'), await explain('L1', '--open', '--json')];
    expect(shut.exitCode).toBe(0);
    expect(shut.output).toContain('Contact: sealed');
    expect(shut.output).toContain('Rule rich of version 1 held: attributes.budget is above 4000.');
    expect(shut.output).toContain('ann did not claim it before 2026-01-05T09:15:00.000Z.');
    expect(shut.output).not.toContain('kim@');
    const story = JSON.parse(opened.output);
    expect(story).toMatchObject({ leadId: 'L1', ownerId: 'bob', person: { email: 'kim@lead.example' } });
    expect(story.entries.at(-1)).toMatchObject({ type: 'LeadReassigned', actor: 'service:simulation' });
  });

  it("finds a lead by its source and that one's own id, whatever slashes are in them", async () => {
    const leadId = leadIdOf(defaultOrganization, 'ads/spring', 'fb-812');
    const data = { ...eventDefinitions.LeadCaptured.sample, leadId, source: 'ads/spring' };
    const context = { organizationId: defaultOrganization, actor: 'source:ads', cause: 'request:spec' } as const;
    await log.append({ id: 'L2', events: [toNewEvent({ type: 'LeadCaptured', data }, context)], guards: [] });
    expect((await explain('ads/spring/fb-812')).output).toContain(`Lead ${leadId}, fb-812 of ads/spring`);
  });

  it('says that there is no such lead', async () => {
    expect(await explain('facebook/none')).toMatchObject({
      exitCode: 1,
      output: 'no lead facebook/none in organization default\n',
    });
  });

  it('says that the person was erased, and why the lead went where it went all the same', async () => {
    const contactId = await log.contacts.find(defaultOrganization, { kind: 'email', value: 'kim@lead.example' });
    await log.contacts.forget(contactId as never);
    const { output } = await explain('L1', '--open');
    expect(output).toContain('Contact: erased');
    expect(output).toContain('Rule rich of version 1 held, as was recorded (the contact was erased)');
  });
});
