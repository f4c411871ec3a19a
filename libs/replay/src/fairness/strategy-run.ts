import type { RotationId, StrategyType, Turn, UserId } from '@lead-rotator/lead-events';
import type { Member, Rotation } from '@lead-rotator/rotation';
import type { BrokenPromise, JudgedTurn, PromiseCheck } from './judged-turn.ts';
import { promises } from './promises/registry.ts';
import type { Farthest, MemberFairness, RotationFairness } from './rotation-fairness.ts';

/** So many broken promises are told one by one. */
const examplesKept = 20;

/** By what a strategy measures the part of a turn that is due to a member; undefined: by nothing that is known before. */
const dueMeasures: Partial<Record<StrategyType, (member: Member) => number>> = {
  'round-robin': () => 1,
  random: () => 1,
  weighted: ({ weight }) => weight,
  'priority-tier': ({ full }) => full,
};

/** The turns of a rotation under one strategy. */
export class StrategyRun {
  readonly rotationId: RotationId;
  readonly strategy: StrategyType;
  /** In the period. */
  turns = 0;
  #check: PromiseCheck | undefined;
  readonly #guardSet: number | undefined;
  readonly #served = new Map<UserId, number>();
  readonly #due = new Map<UserId, number>();
  #farthest: Farthest = { ahead: 0, behind: 0 };
  readonly #examples: BrokenPromise[] = [];
  #broken = 0;
  #unjudged = 0;
  #guarded = 0;

  constructor({ id, strategy }: Rotation) {
    this.rotationId = id;
    this.strategy = strategy.type;
    this.#check = promises[strategy.type].check?.();
    this.#guardSet = strategy.type === 'predictive' ? (strategy.guard ?? 0.1) : undefined;
  }

  see(judged: JudgedTurn, isWanted: boolean): void {
    const broken = this.#check?.see(judged);
    if (!isWanted) return;
    const { chosen, eligible, turn, position, at } = judged;
    this.#count(turn, chosen);
    const measure = dueMeasures[this.strategy];
    if (measure !== undefined) {
      const sum = eligible.reduce((total, member) => total + measure(member), 0);
      for (const member of eligible) add(this.#due, member.userId, measure(member) / sum);
      for (const { userId } of eligible) this.#measure(userId);
    }
    if (broken === undefined) return;
    this.#broken += 1;
    if (this.#examples.length === examplesKept) return;
    this.#examples.push({ position, at: new Date(at).toISOString(), chosen: chosen.userId, ...broken });
  }

  passUnjudged(turn: Turn, chosen: Member, isWanted: boolean): void {
    this.#check?.beginAnew();
    if (!isWanted) return;
    this.#unjudged += 1;
    this.#count(turn, chosen);
  }

  beginAnew(): void {
    this.#check?.beginAnew();
  }

  /** The strategy begins, and knows nothing of what was before. */
  begin(): void {
    this.#check = promises[this.strategy].check?.();
  }

  figures(
    nameOf: (userId: string) => string,
  ): Pick<RotationFairness, 'turns' | 'unjudged' | 'broken' | 'examples' | 'members' | 'farthest' | 'guard'> {
    const { turns } = this;
    const [unjudged, broken, examples] = [this.#unjudged, this.#broken, this.#examples];
    const hasDue = dueMeasures[this.strategy] !== undefined;
    const userIds = [...new Set([...this.#served.keys(), ...this.#due.keys()])].sort();
    const members = userIds.map((userId): [UserId, MemberFairness] => [
      userId,
      {
        called: nameOf(userId),
        turns: this.#served.get(userId) ?? 0,
        due: hasDue ? (this.#due.get(userId) ?? 0) : null,
      },
    ]);
    const set = this.#guardSet;
    const guard = set === undefined ? {} : { guard: { set, happened: this.#guarded / turns } };
    const farthest = hasDue ? { farthest: this.#farthest } : {};
    return { turns, unjudged, broken, examples, members: Object.fromEntries(members), ...farthest, ...guard };
  }

  #measure(userId: UserId): void {
    const ahead = (this.#served.get(userId) ?? 0) - (this.#due.get(userId) ?? 0);
    const before = this.#farthest;
    this.#farthest = { ahead: Math.max(before.ahead, ahead), behind: Math.max(before.behind, -ahead) };
  }

  #count(turn: Turn, { userId }: Member): void {
    this.turns += 1;
    if (turn.guard === true) this.#guarded += 1;
    add(this.#served, userId, 1);
  }
}

const add = (counts: Map<UserId, number>, userId: UserId, by: number): void => {
  counts.set(userId, (counts.get(userId) ?? 0) + by);
};
