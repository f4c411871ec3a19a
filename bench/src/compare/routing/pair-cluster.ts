import type { ChildProcess } from 'node:child_process';
import type { EventBus } from '@lead-rotator/event-bus';
import { killChild, startChild } from '../child.ts';
import { pairDatabase, rotationId } from '../pair/pair-database.ts';
import { environmentOf, type PairSettings } from '../pair/pair-settings.ts';
import { type PairTopics, pairTopics } from '../pair/pair-topics.ts';
import { RotationEntity } from '../pair/rotation.entity.ts';

const hour = 3_600_000;

export interface PairPlan extends PairSettings {
  readonly members: readonly string[];
}

/** The plain pair as separate processes of production, on an empty database and topics of its own. */
export class PairCluster {
  readonly topics: PairTopics;
  readonly #settings: PairSettings;
  readonly #routers: ChildProcess[] = [];
  #capture: ChildProcess | undefined;

  private constructor(settings: PairSettings) {
    this.#settings = settings;
    this.topics = pairTopics(settings.prefix);
  }

  /** Makes tables, topics and the rotation, and starts the capture service and one router. Stop it, also when it throws. */
  static async start({ members, ...settings }: PairPlan, bus: EventBus): Promise<PairCluster> {
    const cluster = new PairCluster(settings);
    const { inbound, captured, assigned } = cluster.topics;
    const topics = [inbound, captured, assigned];
    const each = { partitions: 8, replication: 1, retentionMilliseconds: hour };
    await bus.ensureTopics(topics.map((topic) => ({ topic, ...each })));
    const database = await pairDatabase(settings.databaseUrl).initialize();
    await database.synchronize();
    await database.manager.insert(RotationEntity, { id: rotationId, members: [...members], claimWithin: 24 * hour });
    await database.destroy();
    try {
      cluster.#capture = await cluster.#launch('capture');
      await cluster.addRouter();
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  async addRouter(): Promise<void> {
    this.#routers.push(await this.#launch('router'));
  }

  /** Ends the router that was started last as a power cut does. */
  async killRouter(): Promise<void> {
    await killChild(this.#routers.pop());
  }

  async stop(): Promise<void> {
    await Promise.all([this.#capture, ...this.#routers].map(killChild));
  }

  /** Resolves when the process is a member of its consumer group. */
  #launch(service: 'capture' | 'router'): Promise<ChildProcess> {
    const environment = { ...environmentOf(this.#settings), KAFKAJS_NO_PARTITIONER_WARNING: '1' };
    return startChild('pair/serve', [service], environment);
  }
}
