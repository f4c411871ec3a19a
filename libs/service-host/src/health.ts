import { setTimeout as sleep } from 'node:timers/promises';

/** Why the process cannot do its work now, in words; undefined when it can. */
export type HealthCheck = () => Promise<string | undefined> | string | undefined;

export interface HealthReport {
  readonly ready: boolean;
  /** By check: `ok`, or why not. */
  readonly checks: Readonly<Record<string, string>>;
}

const patienceMilliseconds = 2_000;

/** What has to hold for the process to be given work. Whoever does a part of the work registers a check of it. */
export class Health {
  readonly #checks = new Map<string, HealthCheck>();

  register(name: string, check: HealthCheck): void {
    this.#checks.set(name, check);
  }

  /** Asks all checks at once; one that throws or takes longer than 2 s counts as failed. */
  async report(): Promise<HealthReport> {
    const answers = await Promise.all(
      [...this.#checks].map(async ([name, check]) => [name, (await ask(check)) ?? 'ok'] as const),
    );
    return { ready: answers.every(([, answer]) => answer === 'ok'), checks: Object.fromEntries(answers) };
  }
}

async function ask(check: HealthCheck): Promise<string | undefined> {
  const done = new AbortController();
  try {
    const late = sleep(patienceMilliseconds, 'no answer within 2 s', { signal: done.signal, ref: false });
    late.catch(() => {});
    return await Promise.race([Promise.resolve().then(check), late]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    done.abort();
  }
}
