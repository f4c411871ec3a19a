import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandHandler, distributionProjection } from '@lead-rotator/command-handling';
import { type EventBus, KafkaEventBus } from '@lead-rotator/event-bus';
import { PostgresEventLog } from '@lead-rotator/event-log';
import { type OwnBroker, testBrokerSource } from '@lead-rotator/kafka-broker';
import { CuttingProxy, type EmbeddedPostgres, startEmbeddedPostgres } from '@lead-rotator/postgres';
import { type CommandResult, runCommand } from './run-command.ts';
import { ServiceProcess } from './service-process.ts';

export interface ClusterPlan {
  /** One process for each entry, with the services named in it. */
  readonly processes: readonly (readonly string[])[];
  /** One of the cluster's own, or brokers that the test runs itself; without any the processes talk over the local bus. */
  readonly kafka: boolean | { readonly brokers: readonly string[] };
  /** The processes reach PostgreSQL through a proxy that can cut their connections. */
  readonly cuttable?: boolean;
  /** Settings for all of them, over those that every process gets. */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * Lead Rotator as in production: separate processes around a PostgreSQL with its durability on and a Kafka, all of
 * them its own, so that a test may kill and restart any of them.
 */
export class TestCluster {
  readonly processes: ServiceProcess[] = [];
  readonly log: PostgresEventLog;
  readonly handler: CommandHandler;
  readonly broker: OwnBroker | undefined;
  /** Between the processes and PostgreSQL, if they were started `cuttable`. */
  readonly proxy: CuttingProxy | undefined;
  readonly #brokers: readonly string[];
  readonly #folder: string;
  readonly #environment: NodeJS.ProcessEnv;
  #postgres: EmbeddedPostgres;
  #bus: KafkaEventBus | undefined;

  private constructor(
    folder: string,
    postgres: EmbeddedPostgres,
    broker: OwnBroker | undefined,
    brokers: readonly string[],
    proxy: CuttingProxy | undefined,
    environment: NodeJS.ProcessEnv,
  ) {
    this.#folder = folder;
    this.#postgres = postgres;
    this.broker = broker;
    this.#brokers = brokers;
    this.proxy = proxy;
    this.#environment = environment;
    this.log = new PostgresEventLog({ url: postgres.url, applicationName: 'test cluster' });
    this.handler = new CommandHandler(this.log, distributionProjection(this.log), Date.now);
  }

  /** Starts everything and resolves when all processes are ready. @throws if a Kafka is wanted and none is found. */
  static async start(plan: ClusterPlan): Promise<TestCluster> {
    const source = plan.kafka === true ? await testBrokerSource() : undefined;
    if (source !== undefined && 'skipped' in source) throw new Error(source.skipped);
    const folder = mkdtempSync(join(tmpdir(), 'lead-rotator-cluster-'));
    const [postgres, broker] = await Promise.all([
      startEmbeddedPostgres({ dataDir: join(folder, 'postgres') }),
      source?.start(),
    ]);
    const { proxy, url } = plan.cuttable ? await CuttingProxy.before(postgres.url) : { ...postgres, proxy: undefined };
    const brokers = typeof plan.kafka === 'object' ? plan.kafka.brokers : (broker?.brokers ?? []);
    const cluster = new TestCluster(folder, postgres, broker, brokers, proxy, {
      DATABASE_URL: url,
      KAFKA_BROKERS: brokers.join(','),
      LEAD_ROTATOR_HOME: join(folder, 'home'),
      LOG_LEVEL: 'warn',
      ...plan.environment,
    });
    try {
      // The first one migrates and creates the topics; the others find them.
      for (const services of plan.processes) await cluster.addProcess(services);
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  /** What a request needs to be that of an admin. */
  get headers(): Record<string, string> {
    const key = this.processes.map((process) => process.key).find((one) => one !== undefined);
    return { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  }

  get databaseUrl(): string {
    return this.#postgres.url;
  }

  /** A client of the cluster's Kafka, of its own. */
  get bus(): EventBus {
    if (this.#brokers.length === 0) throw new Error('this cluster has no Kafka');
    this.#bus ??= new KafkaEventBus({ brokers: this.#brokers, clientId: 'test-cluster' });
    return this.#bus;
  }

  /** The processes that run a service, in the order in which they were started. */
  running(service: string): ServiceProcess[] {
    return this.processes.filter(({ services }) => services.includes(service) || services.includes('all'));
  }

  async addProcess(services: readonly string[]): Promise<ServiceProcess> {
    const process = await ServiceProcess.start(services, this.#environment);
    this.processes.push(process);
    return process;
  }

  /** Every process by a name for people: those of the product, PostgreSQL and, if the tests started it, Kafka. */
  pids(): Map<string, number> {
    const pids = new Map(this.processes.map(({ services, pid }, at) => [`${at + 1} ${services.join(' ')}`, pid ?? 0]));
    pids.set('PostgreSQL', this.#postgres.pid);
    if (this.broker?.pid !== undefined) pids.set('Kafka', this.broker.pid);
    return pids.set('this process', process.pid);
  }

  /** Runs a command of the program against this cluster, as its operator would. */
  command(...parameters: string[]): Promise<CommandResult> {
    return runCommand(parameters, this.#environment);
  }

  /** Stops PostgreSQL as an operator does, under the running services, and starts it again on the same port and data. */
  async restartPostgres(): Promise<void> {
    const { port } = this.#postgres;
    await this.#postgres.stop();
    this.#postgres = await startEmbeddedPostgres({ dataDir: join(this.#folder, 'postgres'), port });
  }

  /** Ends PostgreSQL as a power cut does, and starts it again on the same port and data after so many milliseconds. */
  async killPostgres(milliseconds: number): Promise<void> {
    const { port, pid } = this.#postgres;
    process.kill(pid, 'SIGKILL');
    await sleep(milliseconds);
    await this.#postgres.stop();
    this.#postgres = await startEmbeddedPostgres({ dataDir: join(this.#folder, 'postgres'), port });
  }

  async stop(): Promise<void> {
    await Promise.allSettled(this.processes.map((process) => process.end()));
    await this.#bus?.close();
    await this.log.close();
    this.proxy?.close();
    await this.#postgres.stop();
    await this.broker?.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
