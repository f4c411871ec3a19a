import { keepListening } from '@lead-rotator/postgres';
import type pg from 'pg';

/**
 * One listening connection for all consumers of a local bus. It only saves time: who is not woken looks by itself
 * after its poll interval.
 */
export class TopicListener {
  readonly #settings: pg.ClientConfig;
  readonly #counts = new Map<string, number>();
  readonly #closing = new AbortController();
  readonly #sleepers = new Map<string, Set<() => void>>();
  #listening: Promise<void> | undefined;

  constructor(settings: pg.ClientConfig) {
    this.#settings = settings;
  }

  /** Counts what was published to the topic; ask before reading, and hand it to `after`. */
  count(topic: string): number {
    this.#listening ??= this.#listen();
    return this.#counts.get(topic) ?? 0;
  }

  /** Resolves when something was published after the count was asked, after the time, or when the signal is aborted. */
  async after(topic: string, count: number, milliseconds: number, signal: AbortSignal): Promise<void> {
    if (this.count(topic) !== count || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const sleepers = this.#sleepers.get(topic) ?? new Set();
      this.#sleepers.set(topic, sleepers);
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      signal.addEventListener('abort', wake);
      sleepers.add(wake);
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#listening;
  }

  #listen(): Promise<void> {
    const handlers = {
      notified: (_: string, topic: string) => this.#published(topic),
      connected: () => {
        for (const topic of this.#sleepers.keys()) this.#published(topic);
      },
    };
    return keepListening(this.#settings, ['lead_rotator_bus'], handlers, this.#closing.signal);
  }

  #published(topic: string): void {
    this.#counts.set(topic, (this.#counts.get(topic) ?? 0) + 1);
    for (const wake of [...(this.#sleepers.get(topic) ?? [])]) wake();
  }
}
