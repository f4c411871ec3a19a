import { setTimeout as pause } from 'node:timers/promises';

/** Nothing that a spec waits for takes so long on any machine: only a fault reaches it. */
const limitMilliseconds = 60_000;

/**
 * Looks again and again until a look throws nothing, and returns what it found. After the limit it throws what the
 * last look threw, so a failed expectation is shown as it was last.
 */
export async function eventually<Found>(
  look: () => Found | Promise<Found>,
  milliseconds = limitMilliseconds,
): Promise<Found> {
  for (const end = performance.now() + milliseconds; ; await pause(20)) {
    try {
      return await look();
    } catch (error) {
      if (performance.now() > end) throw error;
    }
  }
}
