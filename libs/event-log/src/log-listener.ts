import { setTimeout as sleep } from 'node:timers/promises';
import type { Position } from '@lead-rotator/event-sourcing';
import type { ContactId } from '@lead-rotator/lead-events';
import pg from 'pg';
import type { Waker } from './follow-log.ts';

/**
 * One listening connection for all followers of a log. It only saves time: a follower that is not woken looks by
 * itself after its poll interval.
 */
export class LogListener implements Waker {
  connections = 0;
  #newest: Position = 0;
  readonly #sleepers = new Set<() => void>();
  readonly #stopped = new AbortController();
  readonly #closing = new Promise<void>((resolve) => {
    this.#stopped.signal.addEventListener('abort', () => resolve());
  });
  #running: Promise<void> | undefined;

  constructor(
    private readonly settings: pg.ClientConfig,
    /** A contact was erased somewhere. */
    private readonly onForgotten: (contactId: ContactId) => void,
  ) {}

  async after(position: Position, milliseconds: number, signal: AbortSignal): Promise<void> {
    this.#running ??= this.#listen();
    if (this.#newest > position || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      signal.addEventListener('abort', wake);
      this.#sleepers.add(wake);
    });
  }

  async close(): Promise<void> {
    this.#stopped.abort();
    this.#wakeAll();
    await this.#running;
  }

  #wakeAll(): void {
    for (const wake of [...this.#sleepers]) wake();
  }

  /** Until closed: connects, listens until the connection is lost, and begins again. */
  async #listen(): Promise<void> {
    for (let pause = 50; !this.#stopped.signal.aborted; pause = Math.min(pause * 2, 2_000)) {
      const client = new pg.Client(this.settings);
      const lost = new Promise<void>((resolve) => client.once('end', resolve));
      client.on('error', () => {});
      client.on('notification', ({ channel, payload }) => {
        if (channel === 'lead_rotator_forgotten') return this.onForgotten(payload as ContactId);
        this.#newest = Math.max(this.#newest, Number(payload));
        this.#wakeAll();
      });
      try {
        await client.connect();
        await client.query('listen lead_rotator_log; listen lead_rotator_forgotten');
        this.connections += 1;
        // What was appended while nobody listened is found by looking.
        this.#wakeAll();
        pause = 50;
        await Promise.race([lost, this.#closing]);
      } catch {
        // Down: the followers poll meanwhile.
      }
      // Not before it has connected, or has failed to: a client that is ended while it connects never says so.
      await client.end().catch(() => {});
      this.#newest = 0;
      await sleep(pause, undefined, { signal: this.#stopped.signal }).catch(() => {});
    }
  }
}
