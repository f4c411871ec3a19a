import { createRequire } from 'node:module';

interface RequestQueue {
  pending: unknown[];
  throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  scheduleCheckPendingRequests(): void;
}

/**
 * Stops the timer that kafkajs 2.2.4 keeps running for every idle connection: after each answer it asks for a timeout
 * at `throttledUntil - now`, which is negative when nothing throttles, so that it fires a thousand times a second
 * (and Node warns of a negative timeout). Nothing needs to be looked at while nothing is pending.
 * https://github.com/tulios/kafkajs/issues/1709
 */
export function quietRequestQueue(): void {
  const queue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as { prototype: RequestQueue };
  const schedule = queue.prototype.scheduleCheckPendingRequests;
  queue.prototype.scheduleCheckPendingRequests = function quietly(this: RequestQueue) {
    if (this.pending.length > 0) schedule.call(this);
  };
}
