import { commandHandlingMigrations } from '@lead-rotator/command-handling';
import { eventBusMigrations, LocalEventBus, type OutgoingMessage } from '@lead-rotator/event-bus';
import { eventLogMigrations, PostgresEventLog } from '@lead-rotator/event-log';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { createPool, createTestDatabase, serviceRole, type TestDatabase } from '@lead-rotator/postgres';
import { readModelMigrations } from '@lead-rotator/read-models';
import {
  ApiKeys,
  accessMigrations,
  createLogger,
  Health,
  MonotonicClock,
  parseSettings,
  type RunningServices,
  startServices,
  topics,
  topicsToCreate,
} from '@lead-rotator/service-host';
import type { Pool } from 'pg';
import { Registry } from 'prom-client';
import { slaMigrations } from '../migrations/index.ts';
import { sla } from '../sla.module.ts';
import { Given, type HandClock } from './given.ts';

/** A database with everything the service needs. */
export function createSlaDatabase(): Promise<TestDatabase> {
  return createTestDatabase([
    ...eventLogMigrations,
    ...eventBusMigrations,
    ...readModelMigrations,
    ...commandHandlingMigrations,
    ...accessMigrations,
    ...slaMigrations,
  ]);
}

/** The log and the bus of the tests: what is there whether the service runs or not. */
export class Surroundings {
  readonly #connection;
  readonly log: PostgresEventLog;
  readonly bus: LocalEventBus;
  readonly pool: Pool;
  readonly given: Given;
  readonly keys: ApiKeys;
  readonly settings = parseSettings({ PORT: '0', LOG_LEVEL: 'silent' });

  constructor(
    private readonly url: string,
    readonly clock: HandClock,
  ) {
    this.#connection = { url, applicationName: 'sla spec', role: serviceRole };
    this.log = new PostgresEventLog(this.#connection);
    this.pool = createPool(this.#connection);
    this.keys = new ApiKeys(this.pool);
    this.bus = this.#openBus();
    this.given = new Given(this.log, clock);
  }

  /** Starts a copy of the service, as a process runs it. */
  async start(): Promise<RunningSla> {
    const { log, pool, settings, url, clock } = this;
    const bus = this.#openBus();
    const metrics = new Registry();
    const running = await startServices([sla], {
      settings,
      logger: createLogger(settings.logLevel, 'spec'),
      log,
      contacts: log.contacts,
      database: { url, pool },
      bus,
      clock: new MonotonicClock(clock.now),
      health: new Health(),
      metrics,
    });
    const { key } = await this.keys.create(defaultOrganization, { kind: 'admin' });
    return new RunningSla(running, metrics, key, () => bus.close());
  }

  async createTopics(): Promise<void> {
    await this.bus.ensureTopics(topicsToCreate(this.settings));
  }

  /** Acts on the topic. */
  async tell(...acts: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
    const messages = acts.map(
      (act): OutgoingMessage => ({ key: String(act.leadId), value: Buffer.from(JSON.stringify(act)), headers: {} }),
    );
    await this.bus.publish(topics.activities, messages);
  }

  async close(): Promise<void> {
    await this.bus.close();
    await this.pool.end();
    await this.log.close();
  }

  #openBus(): LocalEventBus {
    return new LocalEventBus({ ...this.#connection, log: this.log });
  }
}

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

/** A copy of the service. */
export class RunningSla {
  constructor(
    private readonly services: RunningServices,
    private readonly metrics: Registry,
    private readonly key: string,
    private readonly closeBus: () => Promise<void>,
  ) {}

  async stop(): Promise<void> {
    await this.services.close();
    await this.closeBus();
  }

  /** A figure by its name. */
  async figure(name: string): Promise<number | undefined> {
    return (await this.metrics.getSingleMetric(`lead_rotator_${name}`)?.get())?.values[0]?.value;
  }

  get<Body>(path: string): Promise<Answer<Body>> {
    return this.send('GET', path);
  }

  async send<Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<Body>> {
    const response = await fetch(`${this.services.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.key}`, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Body };
  }
}
