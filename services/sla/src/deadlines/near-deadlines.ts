import type { EpochMilliseconds, OrganizationId } from '@lead-rotator/event-sourcing';
import type { LeadId } from '@lead-rotator/lead-events';
import { byDue, type Deadline } from './deadline.ts';

const keyOf = (organizationId: OrganizationId, leadId: LeadId): string => `${organizationId} ${leadId}`;

/**
 * The deadlines of the next while, in memory: a binary heap by due. One a lead; withdrawing one leaves its place in the
 * heap until it comes to the top.
 */
export class NearDeadlines {
  readonly #heap: Deadline[] = [];
  readonly #byLead = new Map<string, Deadline>();

  get size(): number {
    return this.#byLead.size;
  }

  /** When the first one is due. */
  get nextDue(): EpochMilliseconds | undefined {
    this.#dropWithdrawn();
    return this.#heap[0]?.due;
  }

  /** Takes it in; an older deadline of the same lead is over, and one that is known already changes nothing. */
  add(deadline: Deadline): void {
    const key = keyOf(deadline.organizationId, deadline.leadId);
    const known = this.#byLead.get(key);
    if (known !== undefined && known.assigned >= deadline.assigned) return;
    this.#byLead.set(key, deadline);
    this.#heap.push(deadline);
    this.#rise(this.#heap.length - 1);
  }

  withdraw(organizationId: OrganizationId, leadId: LeadId): void {
    this.#byLead.delete(keyOf(organizationId, leadId));
  }

  /** Takes out what is due at `now`, in the order in which it fires. */
  takeDue(now: EpochMilliseconds, most: number): Deadline[] {
    const due: Deadline[] = [];
    this.#dropWithdrawn();
    for (let top = this.#heap[0]; top !== undefined && top.due <= now && due.length < most; top = this.#heap[0]) {
      due.push(top);
      this.#byLead.delete(keyOf(top.organizationId, top.leadId));
      this.#dropTop();
      this.#dropWithdrawn();
    }
    return due;
  }

  clear(): void {
    this.#heap.length = 0;
    this.#byLead.clear();
  }

  #dropWithdrawn(): void {
    for (let top = this.#heap[0]; top !== undefined; top = this.#heap[0]) {
      if (this.#byLead.get(keyOf(top.organizationId, top.leadId)) === top) return;
      this.#dropTop();
    }
  }

  #dropTop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #rise(from: number): void {
    const heap = this.#heap;
    const moved = heap[from] as Deadline;
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (byDue(heap[above] as Deadline, moved) <= 0) break;
      heap[place] = heap[above] as Deadline;
      place = above;
    }
    heap[place] = moved;
  }

  #sink(from: number): void {
    const heap = this.#heap;
    const moved = heap[from] as Deadline;
    let place = from;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && byDue(heap[below + 1] as Deadline, heap[below] as Deadline) < 0) below += 1;
      if (byDue(moved, heap[below] as Deadline) <= 0) break;
      heap[place] = heap[below] as Deadline;
      place = below;
    }
    heap[place] = moved;
  }
}
