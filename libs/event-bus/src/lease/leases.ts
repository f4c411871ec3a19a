import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { type BusLogger, silentLogger } from '../bus-logger.ts';
import { loadSql } from '../load-sql.ts';
import type { Lease } from './lease.ts';

const acquire = { name: 'acquire-lease', text: loadSql('acquire-lease') };
const renew = { name: 'renew-lease', text: loadSql('renew-lease') };
const release = { name: 'release-lease', text: loadSql('release-lease') };

export interface LeaseSettings {
  readonly pool: pg.Pool;
  /** Who is told to hold it; default: host-independent and unique for this object. */
  readonly holder?: string;
  /** How long a lease lasts that is not renewed; default 4,000. Renewed four times as often, asked for as often. */
  readonly milliseconds?: number;
  readonly logger?: BusLogger;
}

/**
 * Leases in rows of the database, by its clock. Whoever dies, hangs or is cut off loses a lease after its term; a
 * session lock would stay with a stopped process for as long as its connection lives. A lease saves work and keeps
 * nobody from writing: correctness rests on guards and on what is idempotent.
 */
export class Leases {
  readonly #pool: pg.Pool;
  readonly #holder: string;
  readonly #milliseconds: number;
  readonly #logger: BusLogger;

  constructor(settings: LeaseSettings) {
    this.#pool = settings.pool;
    this.#holder = settings.holder ?? `${process.pid} ${randomUUID()}`;
    this.#milliseconds = settings.milliseconds ?? 4_000;
    this.#logger = settings.logger ?? silentLogger;
  }

  /**
   * Does the work whenever this copy holds the lease, until the signal is aborted: waits for the lease, works until it
   * is lost, waits again. Resolves when the work has ended after the signal, or has ended by itself while the lease was
   * held. @throws what the work throws while it holds the lease.
   */
  async withLease(name: string, signal: AbortSignal, work: (lease: Lease) => Promise<void>): Promise<void> {
    let waited = false;
    while (!signal.aborted) {
      const held = await this.#acquire(name);
      if (held === undefined) {
        waited = true;
        await pause(this.#milliseconds / 4, undefined, { signal }).catch(() => undefined);
        continue;
      }
      // A copy that is alone has nothing to tell: it would be the first that a new user reads.
      const tell = waited ? this.#logger.info : this.#logger.debug;
      tell.call(this.#logger, { lease: name, epoch: held.epoch }, 'holds the lease');
      const ended = await held.during(signal, work);
      if (ended) return;
      this.#logger.warn({ lease: name, epoch: held.epoch }, 'has lost the lease');
    }
  }

  /** Undefined when another holds it, or the database does not answer. */
  async #acquire(name: string): Promise<HeldLease | undefined> {
    const asked = performance.now();
    try {
      const values = [name, this.#holder, this.#milliseconds];
      const { rows } = await this.#pool.query<{ epoch: number }>({ ...acquire, values });
      const [row] = rows;
      if (row === undefined) return undefined;
      return new HeldLease(this.#pool, name, row.epoch, this.#milliseconds, asked);
    } catch (error) {
      this.#logger.warn({ lease: name, err: error }, 'cannot ask for the lease');
      return undefined;
    }
  }
}

/** A lease from when it was acquired until it is lost. */
class HeldLease implements Lease {
  readonly #pool: pg.Pool;
  readonly #name: string;
  readonly #milliseconds: number;
  readonly #lost = new AbortController();
  readonly epoch: number;
  signal: AbortSignal = this.#lost.signal;
  #heldUntil: number;

  constructor(pool: pg.Pool, name: string, epoch: number, milliseconds: number, asked: number) {
    this.#pool = pool;
    this.#name = name;
    this.epoch = epoch;
    this.#milliseconds = milliseconds;
    this.#heldUntil = asked + milliseconds;
  }

  isHeld(): boolean {
    return !this.#lost.signal.aborted && performance.now() < this.#heldUntil;
  }

  /** True if the work has ended by itself or by the signal, false if the lease was lost. */
  async during(signal: AbortSignal, work: (lease: Lease) => Promise<void>): Promise<boolean> {
    this.signal = AbortSignal.any([signal, this.#lost.signal]);
    const timer = setInterval(() => void this.#renew(), this.#milliseconds / 4);
    try {
      await work(this);
      return signal.aborted || this.isHeld();
    } catch (error) {
      if (this.isHeld()) throw error;
      return false;
    } finally {
      clearInterval(timer);
      this.#lost.abort();
      await this.#pool.query({ ...release, values: [this.#name, this.epoch] }).catch(() => undefined);
    }
  }

  async #renew(): Promise<void> {
    if (!this.isHeld()) return this.#lost.abort();
    const asked = performance.now();
    try {
      const values = [this.#name, this.epoch, this.#milliseconds];
      const { rowCount } = await this.#pool.query({ ...renew, values });
      if (rowCount === 1) this.#heldUntil = asked + this.#milliseconds;
      else this.#lost.abort();
    } catch {
      // Asked again at the next tick; without an answer it runs out.
    }
  }
}
