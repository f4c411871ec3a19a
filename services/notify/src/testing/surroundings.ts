import { eventBusMigrations, LocalEventBus } from '@lead-rotator/event-bus';
import { eventLogMigrations, PostgresEventLog } from '@lead-rotator/event-log';
import { type Actor, defaultOrganization } from '@lead-rotator/event-sourcing';
import {
  type ContactId,
  eventDefinitions,
  type LeadId,
  type LeadRotatorEvent,
  type LeadRotatorEventType,
  type Person,
  toNewEvent,
} from '@lead-rotator/lead-events';
import { notificationMigrations } from '@lead-rotator/notification';
import { createPool, createTestDatabase, serviceRole, type TestDatabase } from '@lead-rotator/postgres';
import {
  accessMigrations,
  createLogger,
  Health,
  MonotonicClock,
  parseSettings,
  startServices,
  topicsToCreate,
} from '@lead-rotator/service-host';
import type { Pool } from 'pg';
import { Registry } from 'prom-client';
import { notify } from '../notify.module.ts';

/** A copy of the service. */
export interface RunningNotify {
  readonly metrics: Registry;
  ready(): Promise<boolean>;
  stop(): Promise<void>;
}

/** The log and the bus of a spec: what is there whether the service runs or not. */
export class Surroundings {
  log: PostgresEventLog;
  bus: LocalEventBus;
  /** What the copies have logged. */
  logged = '';
  readonly #pool: Pool;
  readonly #connection;
  #units = 0;

  private constructor(private readonly database: TestDatabase) {
    this.#connection = { url: database.url, applicationName: 'notify spec', role: serviceRole };
    this.log = new PostgresEventLog(this.#connection);
    this.#pool = createPool(this.#connection);
    this.bus = this.#openBus();
  }

  static async open(): Promise<Surroundings> {
    const migrations = [...eventLogMigrations, ...eventBusMigrations, ...accessMigrations, ...notificationMigrations];
    return new Surroundings(await createTestDatabase(migrations));
  }

  /** Starts a copy of the service, as a process runs it, and resolves when it is ready. */
  async start(environment: Readonly<Record<string, string>>): Promise<RunningNotify> {
    const settings = parseSettings({ PORT: '0', LOG_LEVEL: 'trace', ...environment });
    await this.bus.ensureTopics(topicsToCreate(settings));
    const bus = this.#openBus();
    const metrics = new Registry();
    const health = new Health();
    const write = (line: string) => {
      this.logged += line;
    };
    const running = await startServices([notify], {
      settings,
      logger: createLogger(settings.logLevel, 'spec', { write }),
      log: this.log,
      contacts: this.log.contacts,
      database: { url: this.database.url, pool: this.#pool },
      bus,
      clock: new MonotonicClock(),
      health,
      metrics,
    });
    return {
      metrics,
      ready: async () => (await health.report()).ready,
      async stop() {
        await running.close();
        await bus.close();
      },
    };
  }

  /** An event as in the samples of the contract but for what is said; decided now. Its position. */
  async append(type: LeadRotatorEventType, more: object = {}, actor: Actor = 'service:spec'): Promise<number> {
    const data = { ...eventDefinitions[type].sample, at: new Date().toISOString(), ...more };
    const event = toNewEvent({ type, data } as unknown as LeadRotatorEvent, {
      organizationId: defaultOrganization,
      actor,
      cause: 'request:1',
    });
    this.#units += 1;
    await this.log.append({ id: `unit-${this.#units}`, guards: [], events: [event] });
    return this.log.head();
  }

  /** Users with an address at acme.example, but for those that are told otherwise. */
  async users(...users: readonly (string | { readonly userId: string; readonly email?: string })[]): Promise<void> {
    for (const user of users) {
      const { userId, ...more } = typeof user === 'string' ? { userId: user } : user;
      await this.append('UserRegistered', { userId, name: userId, email: `${userId}@acme.example`, ...more });
    }
  }

  /** A captured lead; what it is known by. */
  async lead(leadId: string, person: Person = { firstName: 'Kim', lastName: leadId }): Promise<ContactId[]> {
    const identifier = { kind: 'email' as const, value: `${leadId}@lead.example` };
    const [contactIds = []] = await this.log.contacts.resolve(defaultOrganization, [[identifier]]);
    const email = identifier.value;
    await this.append('LeadCaptured', { leadId: leadId as LeadId, contactIds, person: { ...person, email } });
    return contactIds;
  }

  /** A lead that was given to somebody, to be claimed within an hour; the position of that event. */
  async assign(leadId: string, ownerId: string, more: object = {}): Promise<number> {
    const due = new Date(Date.now() + 3_600_000).toISOString();
    return this.append('LeadAssigned', { leadId, contactIds: [], ownerId, due, ...more });
  }

  /** As after a restore, with nothing running: the log has a new id. */
  async renewLog(): Promise<void> {
    const { url, applicationName } = this.#connection;
    const owner = createPool({ url, applicationName });
    await owner.query('select renew_log_identity()');
    await Promise.all([owner.end(), this.bus.close(), this.log.close()]);
    this.log = new PostgresEventLog(this.#connection);
    this.bus = this.#openBus();
  }

  async close(): Promise<void> {
    await this.bus.close();
    await this.#pool.end();
    await this.log.close();
    await this.database.drop();
  }

  #openBus(): LocalEventBus {
    return new LocalEventBus({ ...this.#connection, log: this.log });
  }
}
