import type { UserId } from '@lead-rotator/lead-events';
import type { JudgedTurn, PromiseCheck } from '../judged-turn.ts';

/**
 * Priority tiers: while the same members are eligible, everybody gets exactly their number of leads in every cycle. So
 * between two leads of one member another has twice their number at most: in the rest of a cycle, and in the next.
 */
export class Cycles implements PromiseCheck {
  #members = '';
  /** By member, how many leads each other had since they had one. */
  readonly #since = new Map<UserId, Map<UserId, number>>();
  readonly #mostPerCycle = new Map<UserId, number>();

  see({ chosen, eligible }: JudgedTurn) {
    const members = eligible.map(({ userId, full }) => `${userId} ${full}`).join();
    if (members !== this.#members) {
      this.#since.clear();
      this.#members = members;
    }
    for (const { userId } of eligible) {
      const others = this.#since.get(userId) ?? new Map<UserId, number>();
      this.#since.set(userId, others);
      if (userId === chosen.userId) others.clear();
      else others.set(chosen.userId, (others.get(chosen.userId) ?? 0) + 1);
    }
    const most = Math.max(chosen.full, this.#mostPerCycle.get(chosen.userId) ?? 0);
    this.#mostPerCycle.set(chosen.userId, most);
    for (const { userId } of eligible) {
      const count = this.#since.get(userId)?.get(chosen.userId) ?? 0;
      if (count <= 2 * most) continue;
      return { instead: userId, why: `${chosen.userId} had ${count} leads, and ${userId} none in between` };
    }
    return undefined;
  }

  beginAnew(): void {
    this.#members = '';
  }
}
