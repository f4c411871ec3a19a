import type { Position } from '@lead-rotator/event-sourcing';
import type { ContactId } from '@lead-rotator/lead-events';
import { keepListening } from '@lead-rotator/postgres';
import type pg from 'pg';
import type { Waker } from './follow-log.ts';

const appended = 'lead_rotator_log';
const forgotten = 'lead_rotator_forgotten';

/**
 * One listening connection for all followers of a log. It only saves time: a follower that is not woken looks by
 * itself after its poll interval.
 */
export class LogListener implements Waker {
  connections = 0;
  #newest: Position = 0;
  readonly #sleepers = new Set<() => void>();
  readonly #stopped = new AbortController();
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

  #listen(): Promise<void> {
    const handlers = {
      notified: (channel: string, payload: string) => {
        if (channel === forgotten) return this.onForgotten(payload as ContactId);
        this.#newest = Math.max(this.#newest, Number(payload));
        this.#wakeAll();
      },
      connected: () => {
        this.connections += 1;
        this.#wakeAll();
      },
      lost: () => {
        this.#newest = 0;
      },
    };
    return keepListening(this.settings, [appended, forgotten], handlers, this.#stopped.signal);
  }
}
