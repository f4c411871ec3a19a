import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between a client and a server, and cuts their connections when told: for tests of what a lost answer does. */
export class CuttingProxy {
  readonly #pairs = new Set<readonly [client: Socket, server: Socket]>();
  #frozen = false;
  #answersToLose = 0;
  #loses: () => void = () => {};

  readonly #server: Server;

  private constructor(target: { host: string; port: number }) {
    this.#server = createServer((client) => this.#join(client, connect(target)));
  }

  /** Before the server of this address; `url` is the same address through the proxy. */
  static async before(url: string): Promise<{ proxy: CuttingProxy; url: string }> {
    const target = new URL(url);
    const proxy = new CuttingProxy({ host: target.hostname, port: Number(target.port || 5432) });
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    const address = proxy.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
    target.host = `127.0.0.1:${address.port}`;
    return { proxy, url: target.href };
  }

  /** Lets the next thing that clients ask through to the server, and cuts in place of the answer. Resolves when it was cut. */
  loseNextAnswer(): Promise<void> {
    this.#answersToLose += 1;
    return new Promise((resolve) => {
      this.#loses = resolve;
    });
  }

  /** From now on nothing passes, and nobody is told: as if the server were stopped, or the cable pulled. */
  freeze(): void {
    this.#frozen = true;
    for (const pair of this.#pairs) for (const socket of pair) socket.pause();
  }

  /** Cuts all connections now. */
  cut(): void {
    for (const [client, server] of this.#pairs) {
      client.destroy();
      server.destroy();
    }
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #join(client: Socket, server: Socket): void {
    const pair = [client, server] as const;
    this.#pairs.add(pair);
    client.on('data', (bytes) => void server.write(bytes));
    server.on('data', (bytes) => {
      if (this.#answersToLose === 0) return void client.write(bytes);
      this.#answersToLose -= 1;
      client.destroy();
      server.destroy();
      this.#loses();
    });
    if (this.#frozen) for (const socket of pair) socket.pause();
    for (const [one, other] of [pair, [server, client] as const]) {
      one.setNoDelay();
      one.on('error', () => {});
      one.on('close', () => {
        other.destroy();
        this.#pairs.delete(pair);
      });
    }
  }
}
