import type { UserId } from '@lead-rotator/lead-events';
import type { JudgedTurn, PromiseCheck } from '../judged-turn.ts';

const rounding = 1e-6;

/**
 * Weighted: while the same n members are eligible, nobody is one turn or more ahead of what they are due, and nobody is
 * more than ½ + … + 1/n behind. There is no bound once somebody was not eligible, has come or left, or has another
 * weight: then nothing is judged until the strategy begins anew.
 */
export class NearDueShare implements PromiseCheck {
  /** Who is there, with their weights; undefined: no turn yet. */
  #members: string | undefined;
  #isBounded = true;
  readonly #distances = new Map<UserId, number>();

  see({ chosen, eligible, rotation }: JudgedTurn) {
    const members = eligible.map(({ userId, weight }) => `${userId} ${weight}`).join();
    this.#members ??= members;
    this.#isBounded &&= members === this.#members && eligible.length === rotation.list.length;
    if (!this.#isBounded) return undefined;
    const sum = eligible.reduce((total, { weight }) => total + weight, 0);
    for (const { userId, weight } of eligible) this.#add(userId, weight / sum);
    this.#add(chosen.userId, -1);
    const most = eligible.slice(1).reduce((total, _, index) => total + 1 / (index + 2), rounding);
    for (const { userId } of eligible) {
      const behind = this.#distances.get(userId) ?? 0;
      if (behind <= most && behind > -1 - rounding) continue;
      const side = behind > 0 ? 'behind' : 'ahead of';
      return { instead: userId, why: `${userId} is ${Math.abs(behind).toFixed(2)} turns ${side} their share` };
    }
    return undefined;
  }

  beginAnew(): void {
    if (this.#members !== undefined) this.#isBounded = false;
  }

  #add(userId: UserId, turns: number): void {
    this.#distances.set(userId, (this.#distances.get(userId) ?? 0) + turns);
  }
}
