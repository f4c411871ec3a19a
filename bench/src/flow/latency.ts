import type { EventBus } from '@lead-rotator/event-bus';
import { quantile } from '../figures.ts';
import type { Arrivals } from './arrivals.ts';
import type { LeadTopics } from './lead-topics.ts';
import { sendEvenly } from './send-evenly.ts';

/** Half of the leads, and all but one in a hundred, were on their way for no more than so many milliseconds. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

export interface Latencies {
  /** From the message sent in to the owner on the topic. */
  readonly way: Latency;
  /** From the capture on the topic to the owner on the topic. */
  readonly hop: Latency;
}

/** Less than the time between two leads: each goes by itself. */
const tickMilliseconds = 1;

/** Sends leads at an even rate, up to some hundreds in a second, and says how long they were on their way. */
export async function measureLatency(
  bus: EventBus,
  topics: LeadTopics,
  arrivals: Arrivals,
  perSecond: number,
  seconds: number,
): Promise<Latencies> {
  const before = arrivals.assigned.size;
  const began = performance.now().toFixed(0);
  const idOf = (number: number) => `rate-${perSecond}-${number}-${began}`;
  const sent = await sendEvenly(bus, topics, { perSecond, seconds, tickMilliseconds, idOf });
  await arrivals.untilAssigned(before + sent.size, 60_000);
  const way: number[] = [];
  const hop: number[] = [];
  for (const [leadKey, at] of sent) {
    const assigned = arrivals.assigned.get(leadKey) ?? Number.NaN;
    way.push(assigned - at);
    hop.push(assigned - (arrivals.captured.get(leadKey) ?? Number.NaN));
  }
  return { way: latencyOf(way), hop: latencyOf(hop) };
}

export const formatLatency = ({ p50, p99 }: Latency): string => `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;

/** Of these, in milliseconds. */
export function latencyOf(milliseconds: number[]): Latency {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
}
