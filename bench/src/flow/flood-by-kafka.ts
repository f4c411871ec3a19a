import type { EventBus } from '@lead-rotator/event-bus';
import { leadIds, leadMessage } from '@lead-rotator/test-cluster';
import type { Arrivals } from './arrivals.ts';
import type { LeadTopics } from './lead-topics.ts';

/** How many messages the producer hands over at once. */
const handful = 1_000;

/** Leads per second from the first message handed to the broker to the last owner seen on the topic. */
export async function floodByKafka(
  bus: EventBus,
  topics: LeadTopics,
  arrivals: Arrivals,
  prefix: string,
  count: number,
): Promise<number> {
  const expected = arrivals.assigned.size + count;
  const began = performance.now();
  await sendLeads(bus, topics, prefix, count);
  await arrivals.untilAssigned(expected, 300_000);
  return (count * 1_000) / (performance.now() - began);
}

/** Hands so many leads to the broker as fast as it takes them. */
export async function sendLeads(bus: EventBus, topics: LeadTopics, prefix: string, count: number): Promise<void> {
  const ids = leadIds(prefix, count);
  for (let from = 0; from < count; from += handful) {
    await bus.publish(topics.inbound, ids.slice(from, from + handful).map(leadMessage));
  }
}
