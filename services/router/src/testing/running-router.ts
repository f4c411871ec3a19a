import { commandHandlingMigrations } from '@lead-rotator/command-handling';
import { eventBusMigrations, LocalEventBus } from '@lead-rotator/event-bus';
import { eventLogMigrations, PostgresEventLog } from '@lead-rotator/event-log';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { createPool, createTestDatabase, serviceRole, type TestDatabase } from '@lead-rotator/postgres';
import { readModelMigrations } from '@lead-rotator/read-models';
import {
  ApiKeys,
  accessMigrations,
  createLogger,
  Health,
  type KeyOwner,
  MonotonicClock,
  parseSettings,
  type RunningServices,
  startServices,
  topicsToCreate,
} from '@lead-rotator/service-host';
import { Registry } from 'prom-client';
import { routerMigrations } from '../migrations/index.ts';
import { router } from '../router.module.ts';

/** A database with everything the router needs. */
export function createRouterDatabase(): Promise<TestDatabase> {
  return createTestDatabase([
    ...eventLogMigrations,
    ...eventBusMigrations,
    ...readModelMigrations,
    ...commandHandlingMigrations,
    ...accessMigrations,
    ...routerMigrations,
  ]);
}

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

interface StartOptions {
  readonly messages?: boolean;
  readonly environment?: Record<string, string>;
}

/** A router as a process runs it, on the local bus. */
export class RunningRouter {
  private constructor(
    readonly log: PostgresEventLog,
    private readonly keys: ApiKeys,
    private readonly adminKey: string,
    private readonly metrics: Registry,
    private readonly services: RunningServices,
    private readonly end: () => Promise<void>,
  ) {}

  /** With `messages: false` nothing comes over the bus, as when the broker is down. */
  static async start(url: string, { messages = true, environment = {} }: StartOptions = {}): Promise<RunningRouter> {
    const settings = parseSettings({ PORT: '0', LOG_LEVEL: 'silent', ...environment });
    const logger = createLogger(settings.logLevel, 'spec');
    const connection = { url, applicationName: 'router spec', role: serviceRole };
    const log = new PostgresEventLog(connection);
    const pool = createPool(connection);
    const bus = new LocalEventBus({ ...connection, log });
    await bus.ensureTopics(topicsToCreate(settings));
    const metrics = new Registry();
    const host = { settings, logger, log, contacts: log.contacts, database: { url, pool }, bus };
    const { consumes: _, ...unfed } = router;
    const running = await startServices([messages ? router : unfed], {
      ...host,
      clock: new MonotonicClock(),
      health: new Health(),
      metrics,
    });
    const keys = new ApiKeys(pool);
    const { key } = await keys.create(defaultOrganization, { kind: 'admin' });
    return new RunningRouter(log, keys, key, metrics, running, async () => {
      await bus.close();
      await pool.end();
      await log.close();
    });
  }

  async stop(): Promise<void> {
    await this.services.close();
    await this.end();
  }

  /** What a counter of the router stands at, over all its labels. */
  async counted(name: string): Promise<number> {
    const metric = await this.metrics.getSingleMetric(`lead_rotator_router_${name}`)?.get();
    return (metric?.values ?? []).reduce((sum, { value }) => sum + value, 0);
  }

  /** The header that makes a request that of a user, or of whoever else a key is for. */
  async as(owner: KeyOwner): Promise<{ authorization: string }> {
    const { key } = await this.keys.create(defaultOrganization, owner);
    return { authorization: `Bearer ${key}` };
  }

  /** Ends a key; copies that know it already forget it in a few seconds. */
  async revoke(key: string): Promise<boolean> {
    const caller = await this.keys.find(key);
    return caller !== undefined && this.keys.revoke(caller.keyId);
  }

  get<Body>(path: string): Promise<Answer<Body>> {
    return this.send<Body>('GET', path);
  }

  /** An answer that is not JSON. */
  async text(path: string): Promise<{ type: string | null; text: string }> {
    const headers = { authorization: `Bearer ${this.adminKey}` };
    const response = await fetch(`${this.services.url}${path}`, { headers });
    return { type: response.headers.get('content-type'), text: await response.text() };
  }

  /** A request with a JSON body; the answer as it came. */
  async send<Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const response = await fetch(`${this.services.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.adminKey}`, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Body };
  }
}
