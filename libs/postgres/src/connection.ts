import pg from 'pg';

/** The role the services work under: it may read the log and append to it, and nothing else of it. */
export const serviceRole = 'lead_rotator_service';

/**
 * How long the services wait for the answer to a statement, a little longer than the server itself lets one run: of a
 * stopped server or a cut cable nothing else would tell for a quarter of an hour.
 */
export const answerMilliseconds = 35_000;

export interface ConnectionOptions {
  readonly url: string;
  /** Shown in `pg_stat_activity`: which program this is. */
  readonly applicationName: string;
  /** The role taken on at once after connecting; without it the login's own rights count (migrations, operators). */
  readonly role?: string;
  /** The server gives up a statement after so long; default 30,000. 0: never (reports, verify). */
  readonly statementMilliseconds?: number;
  /** An answer that does not come within so long is not waited for any longer: see `answerMilliseconds`. Default: never. */
  readonly answerMilliseconds?: number;
  /** Further settings of the session, by name: `{ enable_seqscan: 'off' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** At most so many connections; default 8. */
  readonly max?: number;
}

/**
 * How every process connects. JIT compilation is off: on the short statements of the services it costs more than it
 * can bring (35 ms on one append). The isolation is set, since a function that takes a lock and then reads what the last
 * holder has written would read the past under another. Times out on connecting after 5 s, so that a server that is down is noticed.
 */
export function connectionSettings(options: ConnectionOptions): pg.PoolConfig {
  const settings = {
    jit: 'off',
    default_transaction_isolation: 'read committed',
    statement_timeout: String(options.statementMilliseconds ?? 30_000),
    // A process that was stopped in the middle of a transaction must not keep its locks from the copies that take over.
    idle_in_transaction_session_timeout: '10000',
    ...(options.role === undefined ? {} : { role: options.role }),
    ...options.settings,
  };
  return {
    connectionString: options.url,
    application_name: options.applicationName,
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value.replaceAll(' ', '\\ ')}`)
      .join(' '),
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    ...(options.answerMilliseconds === undefined ? {} : { query_timeout: options.answerMilliseconds }),
    types: { getTypeParser },
    max: options.max ?? 8,
  };
}

/** As pg does it, but a bigint is a number: all of ours that are read as numbers (positions, times) are safe integers. */
function getTypeParser(type: number, format?: 'text' | 'binary') {
  return type === pg.types.builtins.INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(type, format);
}

/**
 * A pool of connections. One that is cut between two queries, idle or in a transaction, is dropped in silence: the next
 * query says what is wrong. Without a listener of its own, a cut in a transaction would end the process.
 */
export function createPool(options: ConnectionOptions): pg.Pool {
  const pool = new pg.Pool(connectionSettings(options));
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
