import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** Below what systems give to outgoing connections (Linux from 32768), and below the node ports of Kubernetes (30000). */
const [lowest, highest] = [20_000, 29_999];
const tries = 2_000;
/** Longer than a server of ours takes from being given a port to listening on it. */
const reservedMilliseconds = 60_000;

/**
 * A port of 127.0.0.1 that nobody listens on now. Nobody else is given it within a minute, neither here nor in another
 * process, for as long as this one lives: ports go in pairs, and we listen on the upper one of a pair to keep the lower
 * one for who asked.
 * @param wanted taken if it is free and one that we give.
 * @throws when 2,000 pairs were tried and none was free, or the system gives no more sockets.
 */
export async function findFreePort(wanted?: number): Promise<number> {
  for (let tried = 0; tried < tries; tried += 1) {
    const isWanted = tried === 0 && wanted !== undefined && wanted >= lowest && wanted < highest && wanted % 2 === 0;
    const port = isWanted ? wanted : 2 * randomInt(lowest / 2, (highest + 1) / 2);
    const reservation = await listen(port + 1);
    if (reservation === undefined) continue;
    const server = await listen(port);
    if (server === undefined) {
      reservation.close();
      continue;
    }
    server.close();
    await once(server, 'close');
    reservation.unref();
    setTimeout(() => reservation.close(), reservedMilliseconds).unref();
    return port;
  }
  throw new Error(`no free port from ${lowest} to ${highest} of 127.0.0.1`);
}

/** Undefined when the port is in use, or not ours to take. @throws every other fault */
async function listen(port: number): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy());
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    return server;
  } catch (error) {
    if (['EADDRINUSE', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
