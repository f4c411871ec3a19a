import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import { testBrokerSource } from '@lead-rotator/kafka-broker';
import {
  answering,
  leadIds,
  leadMessage,
  Mailbox,
  Receiver,
  runCommand,
  ServiceProcess,
  setUpTeam,
  TestCluster,
  untilDecided,
} from '@lead-rotator/test-cluster';

const minute = 60_000;
const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;

let receiver: Receiver;
let mailbox: Mailbox;
beforeAll(async () => {
  [receiver, mailbox] = await Promise.all([Receiver.start(), Mailbox.start()]);
});
afterAll(() => Promise.all([receiver.stop(), mailbox.stop()]));

const settings = () => ({
  WEBHOOK_URL: receiver.url,
  WEBHOOK_SECRET: secret,
  SMTP_URL: mailbox.url,
  MAIL_FROM: 'Acme Leads <leads@acme.example>',
  LEAD_LINK: 'https://crm.acme.example/leads/{leadId}',
});

const posted = () => receiver.received.map(({ body }) => JSON.parse(body));

describe('serve all, with an endpoint and a mail server', () => {
  let home: string;
  let served: ServiceProcess;
  const environment = () => ({ LEAD_ROTATOR_HOME: home, DATABASE_URL: '', KAFKA_BROKERS: '' });

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'lead-rotator-notify-'));
    served = await ServiceProcess.start(['all'], { ...environment(), ...settings() });
  });

  afterAll(async () => {
    await served?.end();
    rmSync(home, { recursive: true, force: true });
  });

  const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const headers = { authorization: `Bearer ${served.key}`, 'content-type': 'application/json' };
    const answer = await fetch(served.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await answer.json()) as Record<string, unknown>;
  };

  it('takes a lead in, and a webhook and a mail to its owner come out', async () => {
    await post('/users', { id: 'ann', email: 'ann@acme.example', name: 'Ann', timeZone: 'Europe/Berlin' });
    await post('/rotations', { id: 'web', name: 'Web', claim: { within: '30m' }, members: [{ user: 'ann' }] });
    const { leadId } = await post('/leads', {
      source: 'website',
      id: 'first',
      firstName: 'Kim',
      email: 'tess@lead.example',
    });
    await eventually(() => expect(posted().map(({ type }) => type)).toContain('LeadAssigned'));
    expect(posted().find(({ type }) => type === 'LeadAssigned')).toMatchObject({
      subject: leadId,
      data: { leadId, ownerId: 'ann' },
    });
    await eventually(() => expect(mailbox.received).toHaveLength(1));
    const [mail] = mailbox.received;
    expect(mail?.to).toEqual(['ann@acme.example']);
    expect(mail?.body).toContain(`https://crm.acme.example/leads/${leadId}`);
    expect(served.output).not.toMatch(/tess@lead|ann@acme/);
  });

  it('puts aside what the endpoint refuses, lists it, and tells it when it is sent in again', async () => {
    receiver.answer = answering(422);
    const before = receiver.received.length;
    await post('/leads', { source: 'website', id: 'second', email: 'tom@lead.example' });
    await eventually(() => expect(receiver.received.length).toBeGreaterThan(before));
    await eventually(async () => {
      const { output } = await runCommand(['dead-letters'], { ...environment(), ...settings() });
      expect(output).toContain('tried once: webhook: the endpoint answered 422');
    });
    receiver.answer = answering(204);
    const refused = receiver.received.length;
    const { output } = await runCommand(['dead-letters', '--resend-all'], { ...environment(), ...settings() });
    expect(output).toContain('1 sent in again');
    await eventually(() => expect(receiver.received.length).toBe(refused + 1));
  });
});

describe('serve', () => {
  it('says that notify has nothing to do when it is named and nothing is set', async () => {
    const none = { WEBHOOK_URL: '', WEBHOOK_SECRET: '', SMTP_URL: '', MAIL_FROM: '' };
    const { exitCode, output } = await runCommand(['serve', 'notify'], none);
    expect(exitCode).toBe(1);
    expect(output).toContain('notify has nothing to do: set WEBHOOK_URL or SMTP_URL');
  });
});

const source = await testBrokerSource();
const name = 'webhooks of leads that came over a real Kafka';
if ('skipped' in source) describe(name, () => it.skip(`are skipped: ${source.skipped}`, () => undefined));
else describe(name, overKafka);

function overKafka(): void {
  const members = ['bob', 'eve', 'kim'];
  const count = 200;
  let cluster: TestCluster;

  beforeAll(async () => {
    cluster = await TestCluster.start({
      kafka: true,
      processes: [['intake', 'router', 'sla', 'relay'], ['notify'], ['notify']],
      environment: { ...settings(), SMTP_URL: '', MAIL_FROM: '' },
    });
    await setUpTeam(cluster.handler, { rotationId: 'web', members, claim: { within: 24 * 60 * minute } });
  });

  afterAll(() => cluster?.stop(), minute);

  it(
    'are sent for each lead, in its order, although a copy is killed and the endpoint is away in between',
    async () => {
      receiver.received.length = 0;
      const messages = leadIds('k', count).map(leadMessage);
      await cluster.bus.publish('leads.inbound', messages.slice(0, count / 2));
      await eventually(() => expect(receiver.received.length).toBeGreaterThan(20));
      await receiver.stop();
      await cluster.running('notify')[0]?.end('SIGKILL');
      await cluster.bus.publish('leads.inbound', messages.slice(count / 2));
      await untilDecided(cluster.log, count, 2 * minute);
      await receiver.listen();
      const assigned = () => posted().filter(({ type }) => type === 'LeadAssigned');
      await eventually(() => expect(new Set(assigned().map(({ subject }) => subject)).size).toBe(count));
      const sequences = Map.groupBy(posted(), ({ subject }) => subject as string);
      for (const events of sequences.values()) {
        const firsts = [...new Set(events.map(({ sequence }) => Number(sequence)))];
        expect(firsts).toEqual(firsts.toSorted((one, other) => one - other));
      }
      // Again came what a copy had under way when it was killed or lost its lease: not everything.
      expect(assigned().length).toBeLessThan(2 * count);
    },
    6 * minute,
  );
}
