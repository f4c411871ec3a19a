import { setTimeout as sleep } from 'node:timers/promises';
import type { EventBus } from '@lead-rotator/event-bus';
import { leadMessage } from '@lead-rotator/test-cluster';
import type { Arrivals } from '../flow/arrivals.ts';
import { type Latency, latencyOf } from '../flow/latency.ts';
import { productTopics } from '../flow/lead-topics.ts';

/** Leads go to the broker so often, all that are due by then together. */
const tickMilliseconds = 10;
const giveUpMilliseconds = 300_000;

/** Leads at an even rate for as long as one likes; what has arrived is forgotten, so that hours of it need no memory. */
export class SteadyLeads {
  readonly #bus: EventBus;
  readonly #arrivals: Arrivals;
  #sent = 0;

  constructor(bus: EventBus, arrivals: Arrivals) {
    this.#bus = bus;
    this.#arrivals = arrivals;
  }

  /** Sends for so many seconds, whatever becomes of the leads. @returns when each of them was sent, by its key. */
  async send(perSecond: number, seconds: number): Promise<Map<string, number>> {
    const sent = new Map<string, number>();
    const begun = performance.now();
    const publishing = new Set<Promise<void>>();
    for (let due = 0; due < perSecond * seconds; ) {
      const until = Math.min(perSecond * seconds, ((performance.now() - begun) / 1_000) * perSecond);
      const messages = [];
      for (; due < until; due += 1) {
        const id = `steady-${this.#sent}`;
        this.#sent += 1;
        sent.set(productTopics.leadKey(id), performance.now());
        messages.push(leadMessage(id));
      }
      if (messages.length > 0) {
        const publish = this.#bus.publish(productTopics.inbound, messages).finally(() => publishing.delete(publish));
        publishing.add(publish);
      }
      await sleep(tickMilliseconds);
    }
    await Promise.all(publishing);
    return sent;
  }

  /** How long the leads were on their way, when all have arrived. @throws when they have not after five minutes. */
  async arrived(sent: ReadonlyMap<string, number>): Promise<Latency> {
    const { assigned, captured } = this.#arrivals;
    const way: number[] = [];
    const limit = performance.now() + giveUpMilliseconds;
    for (const [leadKey, at] of sent) {
      while (!assigned.has(leadKey)) {
        if (performance.now() > limit) throw new Error(`${sent.size - way.length} of ${sent.size} leads have no owner`);
        await sleep(tickMilliseconds);
      }
      way.push((assigned.get(leadKey) as number) - at);
      assigned.delete(leadKey);
      captured.delete(leadKey);
    }
    return latencyOf(way);
  }
}
