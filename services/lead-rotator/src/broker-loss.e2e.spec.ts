import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import { leaderOf, type OwnBrokers, testBrokersSource } from '@lead-rotator/kafka-broker';
import { leadIds, leadMessage, setUpTeam, TestCluster, untilDecided } from '@lead-rotator/test-cluster';

const members = ['ann', 'bob', 'eve'];
const minute = 60_000;
const handful = 50;

const source = await testBrokersSource();
const name = 'three brokers, each topic on all of them';
if ('skipped' in source) describe(name, () => it.skip(`are skipped: ${source.skipped}`, () => undefined));
else describe(name, () => losses(source.start));

function losses(start: (nodes: number) => Promise<OwnBrokers>): void {
  let kafka: OwnBrokers;
  let cluster: TestCluster;
  let sent = 0;

  beforeAll(async () => {
    kafka = await start(3);
    cluster = await TestCluster.start({
      kafka,
      processes: [['intake', 'relay'], ['router'], ['router', 'sla', 'relay']],
      environment: { TOPIC_REPLICATION: '3' },
    });
    await setUpTeam(cluster.handler, { rotationId: 'web', members, claim: { within: 24 * 60 * minute } });
  });

  afterAll(async () => {
    await cluster?.stop();
    await kafka?.stop();
  });

  /** Sends leads, and ends the leader of a partition when half of them are acknowledged. */
  const sendWhileLosing = async (prefix: string, count: number, topic: string): Promise<string> => {
    const messages = leadIds(prefix, count).map(leadMessage);
    let lost = '';
    for (let from = 0; from < count; from += handful) {
      if (from === count / 2) {
        lost = await leaderOf(kafka.brokers, topic, 0);
        await kafka.kill(lost);
      }
      await publish(messages.slice(from, from + handful));
    }
    sent += count;
    return lost;
  };

  /** As producers do: again and again, until it is acknowledged. */
  const publish = (
    messages: ReturnType<typeof leadMessage>[],
    onRefused: (error: unknown) => void = () => undefined,
  ): Promise<void> =>
    eventually(async () => {
      try {
        await cluster.bus.publish('leads.inbound', messages);
      } catch (error) {
        onRefused(error);
        throw error;
      }
    }, 3 * minute);

  it.each(['leads.inbound', 'leads.events'])(
    'go on when the leader of %s is killed: each acknowledged lead gets one owner in exact turn',
    async (topic) => {
      const lost = await sendWhileLosing(topic, 1_000, topic);
      const decided = await untilDecided(cluster.log, sent, 2 * minute);
      await kafka.restart(lost);
      expect(new Set(decided.map(({ leadId }) => leadId)).size).toBe(sent);
      expect(decided.map(({ ownerId }) => ownerId)).toEqual(decided.map((_, turn) => members[turn % members.length]));
    },
    8 * minute,
  );

  it(
    'take no write with one broker left, and all of it when a second is back',
    async () => {
      const leader = await leaderOf(kafka.brokers, 'leads.inbound', 0);
      const others = kafka.brokers.filter((broker) => broker !== leader);
      for (const broker of others) await kafka.kill(broker);
      const [back] = others as [string];
      const refusals: unknown[] = [];
      let acknowledged = false;
      const sending = publish(leadIds('alone', 100).map(leadMessage), (error) => refusals.push(error)).then(() => {
        acknowledged = true;
      });
      await eventually(() => expect(refusals).not.toEqual([]));
      expect(acknowledged).toBe(false);
      await kafka.restart(back);
      await sending;
      sent += 100;
      expect(await untilDecided(cluster.log, sent, 2 * minute)).toHaveLength(sent);
      for (const broker of others.slice(1)) await kafka.restart(broker);
    },
    8 * minute,
  );

  it('and the check finds nothing after it', async () => {
    const check = await cluster.command('check', '--late', '120');
    expect(check.output).toContain('no faults');
    expect(check.exitCode).toBe(0);
  });
}
