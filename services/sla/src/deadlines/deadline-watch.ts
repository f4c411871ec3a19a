import type { EpochMilliseconds, Position } from '@lead-rotator/event-sourcing';
import type { Deadline } from './deadline.ts';
import type { DeadlineChanges, OpenedDeadline } from './deadline-changes.ts';
import { beforeAll, type DeadlinePlace, type DeadlineTable } from './deadline-table.ts';
import { NearDeadlines } from './near-deadlines.ts';

/** How far ahead deadlines are held in memory. */
const horizonMilliseconds = 60_000;
/** So many at a time are taken from the table, and more only when there are fewer in memory. */
const pageSize = 10_000;
/** What is overdue by so much and was never in memory was missed: it is looked for so often, a page at a time. */
const sweepMilliseconds = 2_000;
/** Fired and yet in the table after so long: the decision was to leave it, or the log did not answer. It is tried again. */
const settledMilliseconds = 30_000;

const last = Number.MAX_SAFE_INTEGER;

/**
 * Holds the deadlines of the next minute, and knows what has fired. Filled from the table by pages ahead of the clock,
 * and by what the projection writes meanwhile; a sweep over what is overdue finds what fell between the two. So a
 * missed wake-up costs two seconds, never a deadline.
 */
export class DeadlineWatch {
  readonly #table: Pick<DeadlineTable, 'read'>;
  readonly #near = new NearDeadlines();
  /** Everything in the table up to here was taken in. */
  #reached: DeadlinePlace = beforeAll;
  /** Being taken in, or taken in: what is written up to here meanwhile has to be told. */
  #reaching: EpochMilliseconds = beforeAll.due;
  #justOpened: readonly OpenedDeadline[] = [];
  #settled = new Set<Position>();
  #settledBefore = new Set<Position>();
  #settledSince: EpochMilliseconds = 0;
  #sweptAt: EpochMilliseconds = 0;
  #sweptTo: DeadlinePlace = beforeAll;

  constructor(table: Pick<DeadlineTable, 'read'>) {
    this.#table = table;
  }

  /** How many are in memory. */
  get size(): number {
    return this.#near.size;
  }

  get nextDue(): EpochMilliseconds | undefined {
    return this.#near.nextDue;
  }

  /** Forgets everything: another copy may have watched in between. */
  reset(): void {
    this.#near.clear();
    this.#reached = beforeAll;
    this.#reaching = beforeAll.due;
    this.#justOpened = [];
    this.#sweptTo = beforeAll;
    this.#settled.clear();
    this.#settledBefore.clear();
  }

  /** To be told of what the projection writes, before the transaction is committed. */
  written({ opened, ended }: DeadlineChanges): void {
    for (const { organizationId, leadId } of ended) this.#near.withdraw(organizationId, leadId);
    for (const deadline of opened) {
      this.#near.withdraw(deadline.organizationId, deadline.leadId);
      if (deadline.due <= this.#reaching) this.#near.add(deadline);
    }
    this.#justOpened = opened;
  }

  /** Brings memory up to date with the table; cheap when there is nothing to do. */
  async load(now: EpochMilliseconds): Promise<void> {
    const isShort = this.#reached.due < now + horizonMilliseconds / 2;
    if (isShort && this.#near.size < pageSize) await this.#loadAhead(now + horizonMilliseconds);
    if (now - this.#sweptAt >= sweepMilliseconds) await this.#sweep(now);
  }

  /** What is due, in the order in which it fires. Counts as settled until `putBack`. */
  takeDue(now: EpochMilliseconds, most: number): Deadline[] {
    const due = this.#near.takeDue(now, most);
    for (const { assigned } of due) this.#settled.add(assigned);
    return due;
  }

  /** They were taken and have not fired. */
  putBack(deadlines: readonly Deadline[]): void {
    for (const deadline of deadlines) {
      this.#settled.delete(deadline.assigned);
      this.#near.add(deadline);
    }
  }

  async #loadAhead(until: EpochMilliseconds): Promise<void> {
    this.#reaching = until;
    // The transaction that has told of these may be committed only after the page was read.
    for (const deadline of this.#justOpened) if (deadline.due <= until) this.#near.add(deadline);
    const page = await this.#table.read(this.#reached, until, pageSize);
    this.#take(page);
    this.#reached = page.length === pageSize ? (page.at(-1) as Deadline) : { due: until, assigned: last };
    this.#reaching = this.#reached.due;
  }

  async #sweep(now: EpochMilliseconds): Promise<void> {
    this.#sweptAt = now;
    if (now - this.#settledSince >= settledMilliseconds) {
      this.#settledSince = now;
      this.#settledBefore = this.#settled;
      this.#settled = new Set();
    }
    const until = Math.min(now - sweepMilliseconds, this.#reached.due - 1);
    const page = await this.#table.read(this.#sweptTo, until, pageSize);
    this.#take(page);
    this.#sweptTo = page.length === pageSize ? (page.at(-1) as Deadline) : beforeAll;
  }

  #take(page: readonly Deadline[]): void {
    for (const deadline of page) {
      const { assigned } = deadline;
      if (!this.#settled.has(assigned) && !this.#settledBefore.has(assigned)) this.#near.add(deadline);
    }
  }
}
