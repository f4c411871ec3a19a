import { unlinkSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { findBrokerSource } from './broker-source.ts';
import { keeperSocket } from './keeper-socket.ts';

/**
 * The process behind the shared broker. Test files run in several processes, one after the other and side by side, and
 * any of them may be killed: so the broker belongs to none of them. Each holds a connection to this socket for as long
 * as it lives; the broker goes a moment after the last has gone.
 */
const lingerMilliseconds = 5_000;
const socket = keeperSocket();
const source = await findBrokerSource();
const broker = source?.start();
const answer = (broker ?? Promise.resolve({ brokers: [] })).then(
  ({ brokers }) => JSON.stringify({ brokers }),
  (error: Error) => JSON.stringify({ error: error.message }),
);

let users = 0;
let leaving: NodeJS.Timeout | undefined;
const server = createServer((user: Socket) => {
  users += 1;
  clearTimeout(leaving);
  user.on('error', () => undefined);
  user.once('close', () => {
    users -= 1;
    if (users === 0) lingerThenLeave();
  });
  void answer.then((line) => user.write(`${line}\n`));
});

function lingerThenLeave(): void {
  clearTimeout(leaving);
  leaving = setTimeout(async () => {
    server.close();
    await broker?.then(
      (own) => own.stop(),
      () => undefined,
    );
    process.exit(0);
  }, lingerMilliseconds);
}

server.once('error', () => {
  const other = connect(socket);
  // Somebody was faster: they keep the broker. Or a killed keeper has left its socket behind.
  other.once('connect', () => process.exit(0));
  other.once('error', () => {
    unlinkSync(socket);
    server.listen(socket, lingerThenLeave);
  });
});
server.listen(socket, lingerThenLeave);
