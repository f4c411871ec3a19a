import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const retryMilliseconds = 1_000;

/** A server behind its guard, which ends with it. Started again when it ends by itself, if there is somebody to tell. */
export class GuardedServer {
  readonly #relaunch: () => Promise<ChildProcess>;
  readonly #onEnded: ((reason: string) => void) | undefined;
  readonly #stopping = new AbortController();
  #guard: ChildProcess;
  #restarting: Promise<void> = Promise.resolve();

  /** @param relaunch resolves with the guard of a server that answers, and rejects with the reason if there is none */
  constructor(guard: ChildProcess, relaunch: () => Promise<ChildProcess>, onEnded?: (reason: string) => void) {
    this.#guard = guard;
    this.#relaunch = relaunch;
    this.#onEnded = onEnded;
    this.#watch();
  }

  /** Ends the server, and whatever is being done to start it again. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#restarting;
    if (hasEnded(this.#guard)) return;
    const ended = once(this.#guard, 'exit');
    this.#guard.stdin?.destroy();
    await ended;
  }

  /** This process may end without having stopped it, and it ends then. */
  unref(): void {
    this.#guard.unref();
    (this.#guard.stdin as Socket | null)?.unref();
  }

  #watch(): void {
    const tell = this.#onEnded;
    if (tell === undefined) return;
    const restart = () => {
      if (!this.#stopping.signal.aborted) this.#restarting = this.#restart(tell);
    };
    if (hasEnded(this.#guard)) restart();
    else this.#guard.once('exit', restart);
  }

  async #restart(tell: (reason: string) => void): Promise<void> {
    const { signal } = this.#stopping;
    tell('the server has ended by itself and is started again');
    while (!signal.aborted) {
      try {
        this.#guard = await this.#relaunch();
        this.#watch();
        return;
      } catch (error) {
        tell(String(error));
        await sleep(retryMilliseconds, undefined, { signal }).catch(() => {});
      }
    }
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;
