import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { OwnBroker } from './broker.ts';
import { freePort } from './free-port.ts';
import { type GuardedJava, startGuardedJava } from './guarded-java.ts';
import { serverProperties } from './server-properties.ts';

/** Only the quick compiler: the other one used as much of the processors as the broker itself for its first minutes. */
const quiet = [
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info',
];
const started = 'Kafka Server started';
const aMinute = 60_000;

/** One KRaft node from the Apache jars, on free ports, with 512 MB of heap; up in about three seconds, one after a restart. */
export async function startJarBroker(jars: string): Promise<OwnBroker> {
  const folder = mkdtempSync(join(tmpdir(), 'lead-rotator-kafka-'));
  const [port, controllerPort] = [await freePort(), await freePort()];
  const properties = join(folder, 'server.properties');
  const log = join(folder, 'kafka.log');
  writeFileSync(properties, serverProperties(port, controllerPort, join(folder, 'data')));
  const clusterId = randomBytes(16).toString('base64url');
  const format = await startGuardedJava(
    jars,
    [...quiet, 'kafka.tools.StorageTool', 'format', `--cluster-id=${clusterId}`, '-c', properties],
    log,
  );
  await format.ended();

  let node: GuardedJava = await boot();

  async function boot(): Promise<GuardedJava> {
    writeFileSync(log, '');
    const java = await startGuardedJava(jars, ['-Xmx512m', ...quiet, 'kafka.Kafka', properties], log);
    const ended = java.ended().then(() => true);
    const limit = Date.now() + aMinute;
    while (!readFileSync(log, 'utf8').includes(started)) {
      const gone = await Promise.race([ended, pause(50, false)]);
      if (gone || Date.now() > limit)
        throw new Error(`Kafka did not start:\n${readFileSync(log, 'utf8').slice(-2000)}`);
    }
    return java;
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    try {
      process.kill(node.pid, signal);
    } catch {
      // It is gone already, which is what was asked for.
    }
    await node.ended();
  }

  return {
    brokers: [`127.0.0.1:${port}`],
    get pid() {
      return node.pid;
    },
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGTERM');
      node = await boot();
    },
    stop: async () => {
      await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
