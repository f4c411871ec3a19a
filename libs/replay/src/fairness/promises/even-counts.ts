import type { UserId } from '@lead-rotator/lead-events';
import type { JudgedTurn, PromiseCheck } from '../judged-turn.ts';

/** Fewest assigned: among members eligible for all leads of a period so far, without credit, counts differ by 1 at most. */
export class EvenCounts implements PromiseCheck {
  #period: number | undefined;
  #members: ReadonlySet<UserId> | undefined;
  readonly #counts = new Map<UserId, number>();

  see(judged: JudgedTurn) {
    const { chosen, eligible } = judged;
    const period = periodOf(judged);
    if (period !== this.#period) {
      // The first period that is seen may have begun before, and says nothing.
      const isWhole = this.#period !== undefined || judged.rotation.turns === 0;
      this.#members = isWhole ? undefined : new Set();
      this.#period = period;
      this.#counts.clear();
    }
    const present = eligible.filter(({ credit }) => credit === 0).map(({ userId }) => userId);
    this.#members = new Set(present.filter((userId) => this.#members?.has(userId) ?? true));
    this.#counts.set(chosen.userId, (this.#counts.get(chosen.userId) ?? 0) + 1);
    if (!this.#members.has(chosen.userId)) return undefined;
    const most = this.#counts.get(chosen.userId) as number;
    for (const userId of this.#members) {
      const count = this.#counts.get(userId) ?? 0;
      if (most - count > 1) return { instead: userId, why: `${chosen.userId} had ${most} turns, ${userId} ${count}` };
    }
    return undefined;
  }

  beginAnew(): void {
    this.#members = new Set();
  }
}

/** Since the log's beginning for `ever`. */
function periodOf({ distribution, rotation, at }: JudgedTurn): number {
  const { strategy, settings } = rotation;
  const { period = 'month' } = strategy.type === 'fewest-assigned' ? strategy : {};
  return period === 'ever' ? 0 : distribution.zone(settings.timeZone).windowsAt(at)[period];
}
