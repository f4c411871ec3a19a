import { setTimeout as sleep } from 'node:timers/promises';
import type { EventBus } from '@lead-rotator/event-bus';
import type { Arrivals } from '../flow/arrivals.ts';
import { type Latency, latencyOf } from '../flow/latency.ts';
import { productTopics } from '../flow/lead-topics.ts';
import { sendEvenly } from '../flow/send-evenly.ts';

/** So seldom, that thousands of leads a second do not come to as many sends. */
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
    const before = this.#sent;
    const idOf = (number: number) => `steady-${before + number}`;
    const sent = await sendEvenly(this.#bus, productTopics, { perSecond, seconds, tickMilliseconds, idOf });
    this.#sent += sent.size;
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
