import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const shortestPause = 50;
const longestPause = 2_000;
const goodbyeMilliseconds = 2_000;

export interface ListenHandlers {
  notified(channel: string, payload: string): void;
  /** It listens. What happened while nobody listened was not told, and has to be looked for. */
  connected(): void;
  /** The connection is gone, or could not be made; another one is tried. */
  lost?(): void;
}

/**
 * Holds one connection that listens on the channels, and makes another when it is lost. Resolves when the signal is
 * aborted, in seconds also if the server does not answer, and never rejects.
 */
export async function keepListening(
  settings: pg.ClientConfig,
  channels: readonly string[],
  handlers: ListenHandlers,
  signal: AbortSignal,
): Promise<void> {
  for (let pause = shortestPause; !signal.aborted; pause = Math.min(pause * 2, longestPause)) {
    const client = new pg.Client(settings);
    const over = once(client, 'end', { signal }).catch(() => {});
    client.on('error', () => {});
    client.on('notification', ({ channel, payload = '' }) => handlers.notified(channel, payload));
    try {
      await client.connect();
      await Promise.race([client.query(channels.map((channel) => `listen ${channel}`).join('; ')), over]);
      handlers.connected();
      pause = shortestPause;
      await over;
    } catch {
      // Down: who listens looks by itself meanwhile.
    }
    // Not before it has connected, or has failed to: a client that is ended while it connects never says so.
    await end(client);
    handlers.lost?.();
    await sleep(pause, undefined, { signal }).catch(() => {});
  }
}

/** A server that stands still never closes the connection. */
async function end(client: pg.Client): Promise<void> {
  const given = new AbortController();
  const limit = sleep(goodbyeMilliseconds, undefined, { signal: given.signal }).catch(() => {});
  await Promise.race([client.end().catch(() => {}), limit]);
  given.abort();
  // Not in the types of pg; nothing after a goodbye that was answered.
  (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
}
