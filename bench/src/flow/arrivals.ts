import { randomUUID } from 'node:crypto';
import type { EventBus, RunningConsumer } from '@lead-rotator/event-bus';

/** When the events of each lead were first seen on the topic, in milliseconds of this process's clock. */
export class Arrivals {
  readonly captured = new Map<string, number>();
  readonly assigned = new Map<string, number>();
  #consumer: RunningConsumer | undefined;
  #waiting: { count: number; resolve: () => void } | undefined;

  /** Reads `leads.events` as a downstream consumer does, from its end on. */
  static async follow(bus: EventBus): Promise<Arrivals> {
    const arrivals = new Arrivals();
    arrivals.#consumer = await bus.subscribe({
      topics: ['leads.events'],
      groupId: `bench-${randomUUID()}`,
      from: 'end',
      handle: async ({ messages }) => {
        const now = performance.now();
        for (const { headers, key } of messages) {
          const type = headers.ce_type?.toString();
          const seen =
            type === 'LeadCaptured' ? arrivals.captured : type === 'LeadAssigned' ? arrivals.assigned : undefined;
          const leadId = key?.toString() ?? '';
          if (seen !== undefined && !seen.has(leadId)) seen.set(leadId, now);
        }
        const waiting = arrivals.#waiting;
        if (waiting !== undefined && arrivals.assigned.size >= waiting.count) waiting.resolve();
      },
    });
    return arrivals;
  }

  /** Resolves when so many leads have an owner. @throws after `milliseconds` without that. */
  async untilAssigned(count: number, milliseconds: number): Promise<void> {
    if (this.assigned.size >= count) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${this.assigned.size} of ${count} leads were assigned after ${milliseconds} ms`)),
        milliseconds,
      );
      this.#waiting = {
        count,
        resolve: () => {
          clearTimeout(timer);
          this.#waiting = undefined;
          resolve();
        },
      };
    });
  }

  stop(): Promise<void> {
    return this.#consumer?.stop() ?? Promise.resolve();
  }
}
