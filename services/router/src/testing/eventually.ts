import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for what is bound to come; the last look's failure is the test's. */
export async function eventually(look: () => Promise<void>): Promise<void> {
  for (const end = Date.now() + 15_000; ; await sleep(50)) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}
