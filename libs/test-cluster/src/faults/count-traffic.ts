import type { Position } from '@lead-rotator/event-sourcing';
import { readEvent } from '@lead-rotator/lead-events';
import type { TestCluster } from '../test-cluster.ts';
import type { Traffic } from './traffic.ts';

/** How often each lead was captured and decided, and each act recorded, and up to where the log was read. */
interface Counts {
  readonly captured: Map<string, number>;
  readonly decided: Map<string, number>;
  readonly recorded: Map<string, number>;
  readonly head: Position;
}

/**
 * What is wrong, counted without the product's own check: every acknowledged lead is captured once and decided once,
 * every acknowledged act is recorded once, nothing else is, and every event of the log is on the topic. Empty when
 * all is well.
 */
export async function countTraffic(cluster: TestCluster, { leads, acts }: Traffic): Promise<string[]> {
  const { captured, decided, recorded, head } = await countLog(cluster);
  const onTopic = await positionsOnTopic(cluster);
  const missing = Array.from({ length: head }, (_, index) => index + 1).filter((position) => !onTopic.has(position));
  return [
    ...notOnce(leads, captured, 'lead', 'captured'),
    ...notOnce(leads, decided, 'lead', 'decided'),
    ...notOnce(acts, recorded, 'act', 'recorded'),
    ...missing.map((position) => `event ${position} is not on the topic`),
  ];
}

function notOnce(
  expected: ReadonlySet<string>,
  counts: ReadonlyMap<string, number>,
  what: string,
  done: string,
): string[] {
  const ids = new Set([...expected, ...counts.keys()]);
  return [...ids]
    .filter((id) => (counts.get(id) ?? 0) !== Number(expected.has(id)))
    .map((id) => `${what} ${id} was ${done} ${counts.get(id) ?? 0} times, acknowledged: ${expected.has(id)}`);
}

async function countLog({ log }: TestCluster): Promise<Counts> {
  const counts = { captured: new Map(), decided: new Map(), recorded: new Map(), head: await log.head() };
  const add = (map: Map<string, number>, id: string) => map.set(id, (map.get(id) ?? 0) + 1);
  for (let after = 0; after < counts.head; ) {
    const page = await log.read({ after, until: counts.head, limit: 5_000 });
    for (const { type, data } of page.events.map(readEvent)) {
      if (type === 'LeadCaptured') add(counts.captured, data.leadId);
      if (type === 'LeadAssigned' || type === 'LeadLeftUnassigned') add(counts.decided, data.leadId);
      if (type === 'LeadActivityRecorded') add(counts.recorded, data.activityId);
    }
    after = page.readTo;
  }
  return counts;
}

async function positionsOnTopic({ bus }: TestCluster): Promise<Set<Position>> {
  const positions = new Set<Position>();
  for await (const { headers } of bus.readTopic('leads.events')) positions.add(Number(headers.ce_sequence?.toString()));
  return positions;
}
