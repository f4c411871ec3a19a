import { setTimeout as sleep } from 'node:timers/promises';
import type { EventBus } from '@lead-rotator/event-bus';
import { leadMessage } from '@lead-rotator/test-cluster';
import type { LeadTopics } from './lead-topics.ts';

export interface EvenRate {
  readonly perSecond: number;
  readonly seconds: number;
  /** The messages of the leads that are due go to the broker together, and not more often than this. */
  readonly tickMilliseconds: number;
  /** The id of each lead, told by its number from 0 on. */
  readonly idOf: (number: number) => string;
}

/**
 * Sends leads at an even rate, whatever becomes of them; leads that are late, because this process was, go at once.
 * Resolves when the broker has them all, with the time at which each was sent, in milliseconds of this process's clock,
 * by its key.
 */
export async function sendEvenly(bus: EventBus, topics: LeadTopics, rate: EvenRate): Promise<Map<string, number>> {
  const { perSecond, seconds, tickMilliseconds, idOf } = rate;
  const count = perSecond * seconds;
  const dueAt = (number: number) => begun + (number * 1_000) / perSecond;
  const sent = new Map<string, number>();
  const publishing = new Set<Promise<void>>();
  const begun = performance.now();
  for (let number = 0; number < count; ) {
    const now = performance.now();
    const messages = [];
    for (; number < count && dueAt(number) <= now; number += 1) {
      const id = idOf(number);
      sent.set(topics.leadKey(id), now);
      messages.push(leadMessage(id));
    }
    if (messages.length > 0) {
      const publish = bus.publish(topics.inbound, messages).finally(() => publishing.delete(publish));
      publishing.add(publish);
    }
    if (number < count) await sleep(Math.max(tickMilliseconds, dueAt(number) - performance.now()));
  }
  await Promise.all(publishing);
  return sent;
}
