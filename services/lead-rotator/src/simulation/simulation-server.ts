import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventLogMigrations, PostgresEventLog } from '@lead-rotator/event-log';
import { type EmbeddedPostgres, migrate, serviceRole, startEmbeddedPostgres } from '@lead-rotator/postgres';
import pg from 'pg';

const template = 'scenario_template';
const applicationName = 'lead-rotator simulate';

/** A PostgreSQL in a folder of its own, with an empty log for each scenario; nothing is left of it. */
export class SimulationServer {
  #logs = 0;

  private constructor(
    private readonly home: string,
    private readonly server: EmbeddedPostgres,
  ) {}

  static async start(): Promise<SimulationServer> {
    const home = mkdtempSync(join(tmpdir(), 'lead-rotator-simulate-'));
    let server: EmbeddedPostgres | undefined;
    try {
      server = await startEmbeddedPostgres({ dataDir: join(home, 'postgres'), settings: { shared_buffers: '64MB' } });
      const started = new SimulationServer(home, server);
      await started.#query(`create database ${template}`);
      await migrate(started.#addressOf(template), [...eventLogMigrations]);
      return started;
    } catch (error) {
      await server?.stop();
      rmSync(home, { recursive: true, force: true });
      throw error;
    }
  }

  /** Gives the work a log in a database that was copied from the template: 30 ms in place of a second. */
  async withLog<Result>(work: (log: PostgresEventLog) => Promise<Result>): Promise<Result> {
    this.#logs += 1;
    const database = `scenario_${this.#logs}`;
    await this.#query(`create database ${database} template ${template}`);
    const log = new PostgresEventLog({ url: this.#addressOf(database), applicationName, role: serviceRole });
    try {
      return await work(log);
    } finally {
      await log.close();
    }
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.home, { recursive: true, force: true });
  }

  #addressOf(database: string): string {
    const url = new URL(this.server.url);
    url.pathname = `/${database}`;
    return url.href;
  }

  async #query(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.server.url, application_name: applicationName });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }
}
