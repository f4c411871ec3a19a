import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { eventually } from '@lead-rotator/eventually';
import { deleteMessages, testBrokerSource } from '@lead-rotator/kafka-broker';
import { type RotationId, type Rule, readEvent } from '@lead-rotator/lead-events';
import { type Distribution, publishRules } from '@lead-rotator/rotation';
import { leadIds, leadMessage, sampleLead, setUpTeam, TestCluster, untilDecided } from '@lead-rotator/test-cluster';

const members = ['ann', 'bob', 'eve', 'kim', 'tom'];
const minute = 60_000;
/** Longer than all that a spec below waits for, twice two minutes and one, and the starts of processes. */
const limit = 8 * minute;

/** What the specs below have sent so far; each adds its own. */
let sent = 0;

/** One rotation, leads without owners or known contacts: the turn must go round and round, whoever decided. */
async function expectExactTurns(cluster: TestCluster): Promise<void> {
  const decided = await untilDecided(cluster.log, sent, 2 * minute);
  expect(decided).toHaveLength(sent);
  expect(new Set(decided.map(({ leadId }) => leadId)).size).toBe(sent);
  expect(decided.map(({ ownerId }) => ownerId)).toEqual(decided.map((_, turn) => members[turn % members.length]));
}

const source = await testBrokerSource();
const name = 'leads through a real Kafka, two copies of each decider';
if ('skipped' in source) describe(name, () => it.skip(`is skipped: ${source.skipped}`, () => undefined));
else describe(name, flow);

function flow(): void {
  let cluster: TestCluster;

  beforeAll(async () => {
    cluster = await TestCluster.start({
      kafka: true,
      processes: [['intake', 'relay'], ['router'], ['router'], ['sla', 'relay'], ['sla']],
    });
    await setUpTeam(cluster.handler, { rotationId: 'web', members, claim: { within: 24 * 60 * minute } });
  });

  afterAll(() => cluster?.stop(), minute);

  const send = async (prefix: string, count: number) => {
    const messages = leadIds(prefix, count).map(leadMessage);
    for (let from = 0; from < count; from += 100) {
      await cluster.bus.publish('leads.inbound', messages.slice(from, from + 100));
    }
    sent += count;
  };

  it(
    'gives each of 2,000 leads one owner in exact turn, although a router is killed, a message is poison and all are sent twice',
    async () => {
      const [first] = cluster.running('router');
      await send('a', 1_000);
      await cluster.bus.publish('leads.inbound', [{ key: 'poison', value: Buffer.from('{ not JSON'), headers: {} }]);
      await first?.end('SIGKILL');
      await send('b', 1_000);
      await cluster.bus.publish('leads.inbound', [...leadIds('a', 1_000), ...leadIds('b', 1_000)].map(leadMessage));
      await first?.start();
      await expectExactTurns(cluster);
    },
    limit,
  );

  it(
    'goes on while a router stands still for a minute, and the router does no harm when it wakes',
    async () => {
      const [, second] = cluster.running('router');
      second?.signal('SIGSTOP');
      await send('c', 500);
      await expectExactTurns(cluster);
      await sleep(minute);
      second?.signal('SIGCONT');
      await send('d', 500);
      await expectExactTurns(cluster);
    },
    limit,
  );

  it(
    'decides leads from the log whose messages were gone before a router read them',
    async () => {
      const routers = cluster.running('router');
      await Promise.all(routers.map((router) => router.end()));
      await send('e', 200);
      await untilPublished(cluster, 200);
      await deleteMessages(cluster.broker?.brokers ?? [], 'leads.events');
      await Promise.all(routers.map((router) => router.start()));
      await expectExactTurns(cluster);
    },
    limit,
  );

  it(
    'loses nothing when the broker is killed and started again',
    async () => {
      await send('f', 200);
      await cluster.broker?.kill();
      const [intake] = cluster.running('intake');
      const answers = await Promise.all(
        leadIds('g', 20).map((id) =>
          fetch(`${intake?.url}/leads`, {
            method: 'POST',
            headers: cluster.headers,
            body: JSON.stringify(sampleLead(id)),
          }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
      sent += 20;
      await cluster.broker?.restart();
      await send('h', 200);
      await expectExactTurns(cluster);
    },
    limit,
  );

  it(
    'loses nothing when PostgreSQL is restarted in mid-flow',
    async () => {
      await send('i', 500);
      await cluster.restartPostgres();
      await send('j', 500);
      await expectExactTurns(cluster);
    },
    limit,
  );

  it(
    'takes leads away that nobody claims, each once from each owner, although SLA copies are killed',
    async () => {
      const hurried = { rotationId: 'hurried', members: ['una', 'vic', 'wes'], claim: { within: 3_000 } };
      await setUpTeam(cluster.handler, hurried);
      const published = await cluster.handler.handle({
        context: { organizationId: defaultOrganization, actor: 'user:broker', cause: 'request:rules' },
        decide: (distribution: Distribution, at: number) => publishRules(distribution, hurryRules, at),
      });
      expect(published).toHaveLength(1);
      const leads = leadIds('hurry', 200).map((id) => ({ ...sampleLead(id), source: 'hurry' }));
      const messages = leads.map((lead) => ({ key: lead.id, value: Buffer.from(JSON.stringify(lead)), headers: {} }));
      await cluster.bus.publish('leads.inbound', messages);
      await eventually(async () => {
        expect((await cluster.log.read({ types: ['LeadReassigned'] })).events).not.toEqual([]);
      });
      for (const copy of cluster.running('sla')) {
        await copy.end('SIGKILL');
        await copy.start();
      }
      const owners = await untilExhausted(cluster, leads.length);
      expect(owners).toHaveLength(leads.length);
      for (const had of owners) expect([...had].sort()).toEqual(hurried.members);
      sent += leads.length;
    },
    limit,
  );

  it('leaves a log and topics in which the check finds nothing, and the poison message on its dead-letter topic', async () => {
    const { exitCode, output } = await cluster.command('check');
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(await cluster.command('replay')).toMatchObject({ exitCode: 0 });
    const letters = await cluster.command('dead-letters');
    expect(letters).toMatchObject({ exitCode: 0, output: expect.stringMatching(/^leads\.inbound\/\d\/0 .*JSON/) });
  });
}

const hurryRules: readonly Rule[] = [
  { id: 'hurry', when: { field: 'source', is: 'hurry' }, to: { rotation: 'hurried' as RotationId } },
  { id: 'rest', to: { rotation: 'web' as RotationId } },
];

/** Waits until so many leads have been with everybody; the owners of each, in order. */
async function untilExhausted(cluster: TestCluster, count: number): Promise<string[][]> {
  const types = ['LeadAssigned', 'LeadReassigned', 'ReassignmentsExhausted'];
  const owners = new Map<string, string[]>();
  let exhausted = 0;
  for await (const { events } of cluster.log.follow({ types, signal: AbortSignal.timeout(2 * minute) })) {
    for (const event of events.map(readEvent)) {
      if (event.type === 'ReassignmentsExhausted') exhausted += 1;
      if (event.type !== 'LeadAssigned' && event.type !== 'LeadReassigned') continue;
      const { rotationId, leadId, ownerId } = event.data;
      if (rotationId === 'hurried') owners.set(leadId, [...(owners.get(leadId) ?? []), ownerId]);
    }
    if (exhausted >= count) break;
  }
  return [...owners.values()];
}

/** Waits until so many captured leads were published that nobody has decided yet. */
async function untilPublished(cluster: TestCluster, count: number): Promise<void> {
  await eventually(async () => {
    const ends = await cluster.bus.endOffsets('leads.events');
    const published = [...ends.values()].reduce((sum, end) => sum + Number(end), 0);
    const head = await cluster.log.head();
    expect(head).toBeGreaterThanOrEqual(sent + count);
    expect(published).toBeGreaterThanOrEqual(head);
  });
}
