import { setTimeout as pause } from 'node:timers/promises';

/** Repeats an expectation until it holds, for at most so long; then it fails as it last did. */
export async function eventually(expectation: () => void | Promise<void>, milliseconds = 15_000): Promise<void> {
  const limit = Date.now() + milliseconds;
  for (;;) {
    try {
      return await expectation();
    } catch (error) {
      if (Date.now() > limit) throw error;
      await pause(20);
    }
  }
}
