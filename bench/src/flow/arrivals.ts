import { randomUUID } from 'node:crypto';
import type { EventBus, RunningConsumer } from '@lead-rotator/event-bus';
import type { LeadTopics } from './lead-topics.ts';

/** When the events of each lead were first seen on the topic, in milliseconds of this process's clock. */
export class Arrivals {
  readonly captured = new Map<string, number>();
  readonly assigned = new Map<string, number>();
  /** How many messages told of an owner of a lead that had been told of before. */
  assignedAgain = 0;
  #consumer: RunningConsumer | undefined;
  #waiting: { count: number; resolve: () => void } | undefined;

  /** Reads the events as a downstream consumer does, from their end on. */
  static async follow(bus: EventBus, topics: LeadTopics): Promise<Arrivals> {
    const arrivals = new Arrivals();
    arrivals.#consumer = await bus.subscribe({
      topics: topics.events,
      groupId: `bench-${randomUUID()}`,
      from: 'end',
      handle: async ({ messages }) => {
        const now = performance.now();
        for (const message of messages) {
          const what = topics.tells(message);
          if (what === undefined) continue;
          const leadKey = message.key?.toString() ?? '';
          if (!arrivals[what].has(leadKey)) arrivals[what].set(leadKey, now);
          else if (what === 'assigned') arrivals.assignedAgain += 1;
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
