import { setTimeout as sleep } from 'node:timers/promises';
import type { EventBus } from '@lead-rotator/event-bus';
import { leadMessage } from '@lead-rotator/test-cluster';
import { quantile } from '../figures.ts';
import type { Arrivals } from './arrivals.ts';
import type { LeadTopics } from './lead-topics.ts';

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

/** Sends leads at an even rate, one message each, and says how long they were on their way. */
export async function measureLatency(
  bus: EventBus,
  topics: LeadTopics,
  arrivals: Arrivals,
  perSecond: number,
  seconds: number,
): Promise<Latencies> {
  const count = perSecond * seconds;
  const before = arrivals.assigned.size;
  const sent = new Map<string, number>();
  const began = performance.now();
  const publishing: Promise<void>[] = [];
  for (let number = 0; number < count; number += 1) {
    const wait = began + (number * 1_000) / perSecond - performance.now();
    if (wait > 0) await sleep(wait);
    const id = `rate-${perSecond}-${number}-${began.toFixed(0)}`;
    sent.set(topics.leadKey(id), performance.now());
    publishing.push(bus.publish(topics.inbound, [leadMessage(id)]));
  }
  await Promise.all(publishing);
  await arrivals.untilAssigned(before + count, 60_000);
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
