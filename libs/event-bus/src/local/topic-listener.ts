import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

const reconnectMilliseconds = 1_000;

/**
 * One listening connection for all consumers of a local bus. It only saves time: who is not woken looks by itself
 * after its poll interval.
 */
export class TopicListener {
  readonly #settings: pg.ClientConfig;
  readonly #counts = new Map<string, number>();
  readonly #closing = new AbortController();
  readonly #closed = new Promise<void>((resolve) => {
    this.#closing.signal.addEventListener('abort', () => resolve());
  });
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

  async #listen(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const client = new pg.Client(this.#settings);
      const lost = new Promise<void>((resolve) => client.once('end', resolve));
      client.on('error', () => undefined);
      client.on('notification', ({ payload = '' }) => this.#published(payload));
      try {
        await client.connect();
        await client.query('listen lead_rotator_bus');
        // What was published while nobody listened is found by looking.
        for (const topic of this.#sleepers.keys()) this.#published(topic);
        await Promise.race([lost, this.#closed]);
      } catch {
        // Down: the consumers poll meanwhile.
      }
      // Not before it has connected, or has failed to: a client that is ended while it connects never says so.
      await client.end().catch(() => undefined);
      await pause(reconnectMilliseconds, undefined, { signal }).catch(() => undefined);
    }
  }

  #published(topic: string): void {
    this.#counts.set(topic, (this.#counts.get(topic) ?? 0) + 1);
    for (const wake of [...(this.#sleepers.get(topic) ?? [])]) wake();
  }
}
