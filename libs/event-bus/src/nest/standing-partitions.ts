import { answerMilliseconds } from '@lead-rotator/postgres';
import type { MessageBatch } from '../event-bus.ts';

/**
 * A batch that fails comes again within seconds, or as soon as a database that stands still is no longer waited for. What
 * is not tried for so long belongs to another copy by now.
 */
const forgottenAfter = 3 * answerMilliseconds;
/** What is away for a moment is nothing to tell. */
const toldAfter = 10_000;

type Place = Pick<MessageBatch, 'topic' | 'partition'>;

/** The partitions whose messages are not handled because their batch fails again and again. */
export class StandingPartitions {
  readonly #now: () => number;
  readonly #standing = new Map<string, { readonly since: number; readonly last: number; readonly why: string }>();

  /** @param now milliseconds on a clock that only goes forward */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  failed({ topic, partition }: Place, error: unknown): void {
    const place = `${topic}/${partition}`;
    const now = this.#now();
    const since = this.#isTried(place, now) ? (this.#standing.get(place)?.since ?? now) : now;
    this.#standing.set(place, { since, last: now, why: String(error) });
  }

  handled({ topic, partition }: Place): void {
    this.#standing.delete(`${topic}/${partition}`);
  }

  /** Which partition stands still, since when and why; undefined if none does. */
  problem(): string | undefined {
    const now = this.#now();
    for (const [place, { since, why }] of this.#standing) {
      if (!this.#isTried(place, now) || now - since < toldAfter) continue;
      return `${place} stands still since ${Math.round((now - since) / 1_000)} s: ${why}`;
    }
    return undefined;
  }

  #isTried(place: string, now: number): boolean {
    const { last } = this.#standing.get(place) ?? {};
    return last !== undefined && now - last < forgottenAfter;
  }
}
