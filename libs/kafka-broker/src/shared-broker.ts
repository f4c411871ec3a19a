import { spawn } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { extname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { keeperSocket } from './keeper-socket.ts';

/** Fetching the jars for the first time takes longest. */
const limitMilliseconds = 330_000;

/**
 * The broker that all test files of this checkout share, each with topics of its own; started by the first that asks,
 * gone a few seconds after the last process that asked. Undefined where no broker can be had.
 */
export async function sharedBroker(): Promise<readonly string[] | undefined> {
  const limit = Date.now() + limitMilliseconds;
  let started = false;
  for (;;) {
    const socket = await tryConnect();
    if (socket !== undefined) {
      const brokers = await readAnswer(socket);
      return brokers.length === 0 ? undefined : brokers;
    }
    if (!started) startKeeper();
    started = true;
    if (Date.now() > limit) throw new Error(`the keeper of the shared Kafka does not answer at ${keeperSocket()}`);
    await pause(50);
  }
}

function startKeeper(): void {
  const keeper = fileURLToPath(new URL(`./keeper${extname(import.meta.url)}`, import.meta.url));
  spawn(process.execPath, [keeper], { detached: true, stdio: 'ignore' }).unref();
}

function tryConnect(): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(keeperSocket());
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
}

function readAnswer(socket: Socket): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (!text.endsWith('\n')) return;
      // The connection stays open for as long as this process lives, but does not keep it alive.
      socket.unref();
      const { brokers, error } = JSON.parse(text) as { brokers?: string[]; error?: string };
      if (brokers === undefined) reject(new Error(error));
      else resolve(brokers);
    });
    socket.once('close', () => reject(new Error('the keeper of the shared Kafka has ended')));
  });
}
