import type { Wire } from '@lead-rotator/event-log';
import type { Pool } from 'pg';
import type { Server } from '../network/server.ts';
import type { VirtualProcess } from '../virtual-time/virtual-process.ts';
import { ofCursors } from './cursor-statements.ts';
import { ofLeases } from './lease-statements.ts';
import { readColumn } from './read-column.ts';
import { ofSlaTables } from './sla-statements.ts';
import { type Answer, type Statement, Tables } from './statement.ts';

const statements: readonly Statement[] = [...ofLeases, ...ofCursors, ...ofSlaTables];

interface Query {
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** A transaction: what it will do when it is committed, and what it holds until then. */
interface Transaction {
  readonly staged: (() => void)[];
  readonly locks: (() => void)[];
  isOver: boolean;
}

/**
 * The tables beside the log as PostgreSQL would keep them, for the statements that the services send and no others:
 * another one fails by its text. A spec holds both against each other.
 */
export class SimulatedDatabase {
  readonly tables = new Tables();
  readonly #known = new Map<string, Statement>();
  readonly #locks = new Map<string, Promise<void>>();
  readonly #open = new Set<Transaction>();
  readonly #now: () => number;

  constructor(server: Server, now: () => number) {
    this.#now = now;
    server.whenDown(() => {
      for (const transaction of this.#open) this.#end(transaction);
    });
  }

  /** As a process reaches it. */
  pool(process: VirtualProcess, wire: Wire): Pool {
    const query = (query: string | Query, values?: readonly unknown[]) =>
      wire.call(() => this.#query(textOf(query), valuesOf(query, values), undefined));
    const connect = async () => new SimulatedClient(this, process, wire);
    return { query, connect } as unknown as Pool;
  }

  begin(): Transaction {
    const transaction: Transaction = { staged: [], locks: [], isOver: false };
    this.#open.add(transaction);
    return transaction;
  }

  async inTransaction(text: string, values: readonly unknown[], transaction: Transaction): Promise<Answer> {
    if (transaction.isOver) throw Object.assign(new Error('terminating connection'), { code: '57P01' });
    if (text === 'commit') for (const write of transaction.staged) write();
    if (text === 'commit' || text === 'rollback') return this.#end(transaction);
    return this.#query(text, values, transaction);
  }

  /** What is not committed has never been. */
  rollback(transaction: Transaction): void {
    this.#end(transaction);
  }

  async #query(text: string, values: readonly unknown[], transaction: Transaction | undefined): Promise<Answer> {
    const { run, lock, writes } = this.#statement(text);
    if (transaction !== undefined && lock !== undefined) await this.#acquire(lock(values), transaction);
    if (transaction === undefined || writes === undefined) {
      const rows = run(this.tables, values, this.#now());
      return { rows, rowCount: rows.length };
    }
    transaction.staged.push(() => run(this.tables, values, this.#now()));
    return nothing;
  }

  #statement(text: string): Statement {
    const known = this.#known.get(text) ?? statements.find(({ is }) => is.test(text));
    if (known === undefined) throw new Error(`a statement that the simulated database does not know: ${text}`);
    this.#known.set(text, known);
    return known;
  }

  async #acquire(name: string, transaction: Transaction): Promise<void> {
    while (this.#locks.has(name)) await this.#locks.get(name);
    if (transaction.isOver) throw Object.assign(new Error('terminating connection'), { code: '57P01' });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#locks.set(name, promise);
    transaction.locks.push(() => {
      this.#locks.delete(name);
      resolve();
    });
  }

  #end(transaction: Transaction): Answer {
    transaction.isOver = true;
    this.#open.delete(transaction);
    for (const unlock of transaction.locks.splice(0)) unlock();
    return nothing;
  }
}

const nothing: Answer = { rows: [], rowCount: 0 };

/** A connection. Once a call on it was lost, it is of no use any more, and its transaction is rolled back. */
class SimulatedClient {
  readonly #database: SimulatedDatabase;
  readonly #wire: Wire;
  #transaction: Transaction | undefined;
  #broken: unknown;

  constructor(database: SimulatedDatabase, process: VirtualProcess, wire: Wire) {
    this.#database = database;
    this.#wire = wire;
    process.onKilled(() => this.release());
  }

  async query(query: string | Query, values?: readonly unknown[]): Promise<Answer> {
    if (this.#broken !== undefined) throw this.#broken;
    const text = textOf(query);
    try {
      return await this.#wire.call(async () => {
        if (text !== 'begin') {
          const transaction = this.#transaction as Transaction;
          return this.#database.inTransaction(text, valuesOf(query, values), transaction);
        }
        this.#transaction = this.#database.begin();
        return nothing;
      });
    } catch (error) {
      this.#broken = error;
      throw error;
    }
  }

  release(): void {
    if (this.#transaction !== undefined) this.#database.rollback(this.#transaction);
  }
}

const textOf = (query: string | Query): string => (typeof query === 'string' ? query : query.text);
const valuesOf = (query: string | Query, values: readonly unknown[] = []): readonly unknown[] =>
  (typeof query === 'string' ? values : (query.values ?? values)).map((value) =>
    Buffer.isBuffer(value) ? readColumn(value) : value,
  );
