import { setTimeout as sleep } from 'node:timers/promises';
import type { EventBus } from '@lead-rotator/event-bus';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { leadIdOf } from '@lead-rotator/lead-intake';
import { leadMessage } from '@lead-rotator/test-cluster';
import { quantile } from '../figures.ts';
import type { Arrivals } from './arrivals.ts';

/** Sends leads at an even rate, one message each, and says how long each was on its way. */
export async function measureLatency(bus: EventBus, arrivals: Arrivals, perSecond: number, seconds: number) {
  const count = perSecond * seconds;
  const before = arrivals.assigned.size;
  const sent = new Map<string, number>();
  const began = performance.now();
  const publishing: Promise<void>[] = [];
  for (let number = 0; number < count; number += 1) {
    const wait = began + (number * 1_000) / perSecond - performance.now();
    if (wait > 0) await sleep(wait);
    const id = `rate-${perSecond}-${number}-${began.toFixed(0)}`;
    sent.set(leadIdOf(defaultOrganization, 'facebook', id), performance.now());
    publishing.push(bus.publish('leads.inbound', [leadMessage(id)]));
  }
  await Promise.all(publishing);
  await arrivals.untilAssigned(before + count, 60_000);
  const way: number[] = [];
  const hop: number[] = [];
  for (const [leadId, at] of sent) {
    const assigned = arrivals.assigned.get(leadId) ?? Number.NaN;
    way.push(assigned - at);
    hop.push(assigned - (arrivals.captured.get(leadId) ?? Number.NaN));
  }
  return `  ${perSecond} leads/s: the whole way ${formatQuantiles(way)}; LeadCaptured to LeadAssigned ${formatQuantiles(hop)}`;
}

function formatQuantiles(values: number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  return `p50 ${quantile(sorted, 0.5).toFixed(1)} ms, p99 ${quantile(sorted, 0.99).toFixed(1)} ms`;
}
