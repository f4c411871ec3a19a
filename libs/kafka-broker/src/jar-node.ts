import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type NodePorts, serverProperties } from './server-properties.ts';
import { type RunningJava, startJava } from './start-java.ts';

/** Only the quick compiler: the other one used as much of the processors as the broker itself for its first minutes. */
const quiet = [
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info',
];
const started = 'Kafka Server started';
const aMinute = 60_000;

/** A KRaft node from the Apache jars, with 512 MB of heap; up in about three seconds, one after a restart. */
export class JarNode {
  readonly #jars: string;
  readonly #properties: string;
  readonly #log: string;
  #java: RunningJava | undefined;

  private constructor(jars: string, folder: string, node: number) {
    this.#jars = jars;
    this.#properties = join(folder, `server-${node}.properties`);
    this.#log = join(folder, `kafka-${node}.log`);
  }

  /** Its data, formatted and empty, in the folder; it is not started yet. */
  static async format(jars: string, folder: string, clusterId: string, node: number, nodes: readonly NodePorts[]) {
    const made = new JarNode(jars, folder, node);
    writeFileSync(made.#properties, serverProperties(node, nodes, join(folder, `data-${node}`)));
    const format = ['kafka.tools.StorageTool', 'format', `--cluster-id=${clusterId}`, '-c', made.#properties];
    await startJava(jars, [...quiet, ...format], made.#log).ended();
    return made;
  }

  get pid(): number | undefined {
    return this.#java?.pid;
  }

  /** Resolves when it serves: with others, when enough of them are there. @throws with the end of what it has printed. */
  async boot(): Promise<void> {
    writeFileSync(this.#log, '');
    const java = startJava(this.#jars, ['-Xmx512m', ...quiet, 'kafka.Kafka', this.#properties], this.#log);
    this.#java = java;
    const ended = java.ended().then(() => true);
    const limit = Date.now() + aMinute;
    while (!readFileSync(this.#log, 'utf8').includes(started)) {
      const gone = await Promise.race([ended, pause(50, false)]);
      if (gone || Date.now() > limit)
        throw new Error(`Kafka did not start:\n${readFileSync(this.#log, 'utf8').slice(-2000)}`);
    }
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.#java === undefined) return;
    this.#java.kill(signal);
    await this.#java.ended();
  }
}
