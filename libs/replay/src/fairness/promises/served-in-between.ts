import type { UserId } from '@lead-rotator/lead-events';
import type { JudgedTurn, PromiseCheck } from '../judged-turn.ts';

/**
 * Round robin: between two turns of a member everybody else is served who could have had all leads in between, and the
 * one of the second turn. Extra turns for lost ones leave the line as it is, and are left out.
 */
export class ServedInBetween implements PromiseCheck {
  #index = 0;
  /** By member, the first turn from which on they could have had every lead. */
  #eligibleSince = new Map<UserId, number>();
  #served = new Map<UserId, number>();

  see({ chosen, eligible, turn }: JudgedTurn) {
    if (turn.extra === true) return undefined;
    this.#index += 1;
    const since = new Map(eligible.map(({ userId }) => [userId, this.#eligibleSince.get(userId) ?? this.#index]));
    this.#eligibleSince = since;
    const last = this.#served.get(chosen.userId);
    this.#served.set(chosen.userId, this.#index);
    if (last === undefined) return undefined;
    for (const { userId } of eligible) {
      if (userId === chosen.userId || (since.get(userId) as number) > last + 1) continue;
      if ((this.#served.get(userId) ?? 0) > last) continue;
      return {
        instead: userId,
        why: `${chosen.userId} had two turns, and ${userId}, who could have had all leads in between, had none`,
      };
    }
    return undefined;
  }

  beginAnew(): void {
    this.#eligibleSince = new Map();
    this.#served = new Map();
  }
}
