import { CommandHandler, type ConfigurationCommand, distributionProjection } from '@lead-rotator/command-handling';
import { type EventLog, eventLogMigrations, PostgresEventLog } from '@lead-rotator/event-log';
import { defaultOrganization, isRejected, type OrganizationId } from '@lead-rotator/event-sourcing';
import type { MemberSettings, RotationId, RotationSettings, UserId } from '@lead-rotator/lead-events';
import { createTestDatabase, serviceRole, type TestDatabase } from '@lead-rotator/postgres';
import { addMember, createRotation, type NewUser, publishRules, registerUser } from '@lead-rotator/rotation';
import { ApiKeys, parseSettings } from '@lead-rotator/service-host';
import { chooseServices } from '../services.ts';
import { type RunningProcess, startProcess } from '../start-process.ts';

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

interface Team {
  readonly settings?: RotationSettings;
  /** Ids, or whole users; each is registered when it comes up first. */
  readonly members: readonly (
    | string
    | (Omit<NewUser, 'userId' | 'email'> & { id: string; settings?: MemberSettings })
  )[];
}

/** All services in one process on a PostgreSQL and the local bus, as `npm start` runs them, worked over HTTP. */
export class Office {
  readonly #commands: CommandHandler;

  private constructor(
    private readonly database: TestDatabase,
    private readonly process: RunningProcess,
    private readonly key: string,
  ) {
    this.#commands = new CommandHandler(process.host.log, distributionProjection(process.host.log), Date.now);
  }

  /** `services`: by name; `before`: what is done to the log before they start. */
  static async open(
    services: readonly string[] = ['all'],
    before: (log: PostgresEventLog) => Promise<unknown> = async () => {},
  ): Promise<Office> {
    const database = await createTestDatabase([...eventLogMigrations]);
    let running: RunningProcess | undefined;
    try {
      const log = new PostgresEventLog({ url: database.url, applicationName: 'office', role: serviceRole });
      await before(log).finally(() => log.close());
      const settings = parseSettings({ DATABASE_URL: database.url, PORT: '0', LOG_LEVEL: 'error' });
      running = await startProcess(settings, chooseServices(services, settings), 'office');
      const { key } = await new ApiKeys(running.host.database.pool).create(defaultOrganization, { kind: 'admin' });
      return new Office(database, running, key);
    } catch (error) {
      // What is left running would go on in the specs behind this one.
      await running?.close();
      await database.drop();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.process.close();
    await this.database.drop();
  }

  get databaseUrl(): string {
    return this.database.url;
  }

  get log(): EventLog {
    return this.process.host.log;
  }

  /** The same services, worked for another organization. It is closed with the first. */
  async ofOrganization(id: OrganizationId): Promise<Office> {
    const { key } = await new ApiKeys(this.process.host.database.pool).create(id, { kind: 'admin' });
    return new Office(this.database, this.process, key);
  }

  /** Rotations with their members; a lead goes to the one that is called like its source. */
  async rotations(teams: Readonly<Record<string, Team>>): Promise<void> {
    const known = new Set<string>();
    for (const [name, { settings = {}, members }] of Object.entries(teams)) {
      const rotationId = name as RotationId;
      const users = members.map((member) => (typeof member === 'string' ? { id: member } : member));
      for (const { id, settings: _, ...profile } of users.filter((user) => !known.has(user.id))) {
        known.add(id);
        const user = { ...profile, userId: id as UserId, email: `${id}@acme.example` };
        await this.configure((distribution, at) => registerUser(distribution, user, at));
      }
      await this.configure((distribution, at) => createRotation(distribution, { rotationId, name, settings }, at));
      for (const { id: user, settings: own = {} } of users) {
        await this.configure((distribution, at) => addMember(distribution, { rotationId, user, settings: own }, at));
      }
    }
    const rules = Object.keys(teams).map((name, index, all) => ({
      id: name,
      ...(index === all.length - 1 ? {} : { when: { field: 'source', is: name } }),
      to: { rotation: name as RotationId },
    }));
    await this.configure((distribution, at) => publishRules(distribution, rules, at));
  }

  async configure(decide: ConfigurationCommand['decide']): Promise<void> {
    const context = { organizationId: defaultOrganization, actor: 'user:broker', cause: 'request:set-up' } as const;
    const outcome = await this.#commands.handle({ context, decide });
    if (isRejected(outcome)) throw new Error(`refused: ${outcome.code} ${JSON.stringify(outcome.facts)}`);
  }

  /** A lead for a rotation; its id in the system. */
  async lead(source: string, id: string, more: object = {}): Promise<string> {
    const { status, body } = await this.post('/leads', { source, id, email: `${id}@lead.example`, ...more });
    if (status !== 201) throw new Error(`the lead was not taken: ${JSON.stringify(body)}`);
    return body.leadId as string;
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  post(path: string, body: object = {}): Promise<Answer> {
    return this.send('POST', path, body);
  }

  put(path: string, body: object): Promise<Answer> {
    return this.send('PUT', path, body);
  }

  async text(path: string): Promise<string> {
    return (await fetch(this.process.url + path, { headers: { authorization: `Bearer ${this.key}` } })).text();
  }

  async send(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(this.process.url + path, {
      method,
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
}
