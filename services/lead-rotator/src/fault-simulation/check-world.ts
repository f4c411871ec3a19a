import { LeadBusStrategy } from '@lead-rotator/event-bus';
import { checkLedger } from '@lead-rotator/ledger-check';
import { topics } from '@lead-rotator/service-host';
import { takenTopics } from '../taken-topics.ts';
import type { Observer } from './traffic/observer.ts';
import type { Traffic } from './traffic/traffic.ts';
import type { World } from './world.ts';

const second = 1_000;
/** Deadlines are missed by as long as the log was down or the copy in charge stood still. */
const latest = 120 * second;
const takers = { intake: topics.inbound, router: topics.events, sla: topics.activities };
const groups = Object.entries(takers).map(([name, topic]) => ({ groupId: LeadBusStrategy.groupId(name), topic }));

/**
 * What is not done yet, counted without the product's own check: every lead and act that was answered is in the log
 * once, every lead is decided, no deadline is open, all is published, and all that lies on a topic was taken.
 */
export function missingIn(world: World, traffic: Traffic, observer: Observer): string[] {
  const { broker, database } = world;
  const table = database.tables.of('open_deadlines');
  const behind = groups.filter(({ groupId, topic }) => {
    const { offsets } = broker.group(groupId);
    return broker
      .partitionsOf(topic)
      .some(({ messages }, partition) => Number(offsets.get(`${topic}/${partition}`) ?? 0) < messages.length);
  });
  return [
    ...(traffic.left > 0 ? [`${traffic.left} senders have no answer`] : []),
    ...notOnce(traffic.leads, observer.captured, 'lead', 'captured'),
    ...notOnce(traffic.leads, observer.decided, 'lead', 'decided'),
    ...notOnce(traffic.acts, observer.recorded, 'act', 'recorded'),
    ...[...observer.deadlines.keys()].map((lead) => `the deadline of ${lead} is open`),
    ...[...table.keys()].map((lead) => `the deadline of ${lead} is in the table`),
    ...(relayed(world) < observer.position ? [`the relay has published up to ${relayed(world)}`] : []),
    ...behind.map(({ groupId, topic }) => `${groupId} has not taken all of ${topic}`),
  ];
}

const relayed = ({ database }: World): number =>
  database.tables.of<{ position: number }>('relay_cursors').get(topics.events)?.position ?? 0;

function notOnce(expected: ReadonlySet<string>, counts: ReadonlyMap<string, number>, what: string, done: string) {
  return [...new Set([...expected, ...counts.keys()])]
    .filter((id) => (counts.get(id) ?? 0) !== Number(expected.has(id)))
    .map((id) => `${what} ${id} was ${done} ${counts.get(id) ?? 0} times, answered: ${expected.has(id)}`);
}

/** What the product's check finds on the log and on all topics, as an operator would run it an hour later. */
export async function checkWorld(world: World, observer: Observer): Promise<string[]> {
  const now = Math.max(world.time.now, observer.newestAt) + 3_600 * second;
  const report = await world.ask((bus) =>
    checkLedger({
      log: world.log,
      topics: { bus, events: topics.events, taken: takenTopics, deadLettersOf: Object.values(topics), groups },
      settings: { now, deadlineTolerance: latest, decisionGrace: 0, publishGrace: 0 },
    }),
  );
  return [...report.faults, ...report.warnings].map((found) => JSON.stringify(found));
}
