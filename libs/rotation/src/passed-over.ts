import {
  namedAtMost,
  type PassedOver,
  type PassOverReason,
  type Run,
  type Turn,
  type UserId,
} from '@lead-rotator/lead-events';

/** Collects who was passed over: the first fifty by name, the others as runs of the same reason. */
export class PassedOverList {
  private readonly named: PassedOver[] = [];
  private more = 0;
  private readonly runs: Run[] = [];

  /** Fifty are named: from here on the eligible ones count too. */
  get isFull(): boolean {
    return this.named.length >= namedAtMost;
  }

  /** A member who was passed over, or one who was eligible and only counts for the runs. */
  add(userId: UserId, reason: PassOverReason | 'eligible'): void {
    if (this.named.length < namedAtMost) {
      if (reason !== 'eligible') this.named.push({ userId, reason });
      return;
    }
    if (reason !== 'eligible') this.more += 1;
    const last = this.runs.at(-1);
    if (last?.reason === reason) last.count += 1;
    else this.runs.push({ reason, count: 1 });
  }

  /** As a decision without a choice records it. */
  toFields(): Pick<Turn, 'passedOver' | 'more'> {
    return this.more === 0 ? { passedOver: this.named } : { passedOver: this.named, more: this.more };
  }

  /** As a turn records it, so that the rotation can be moved from the event alone. */
  toTurn(): Pick<Turn, 'passedOver' | 'more' | 'further'> {
    return this.more === 0
      ? { passedOver: this.named }
      : { passedOver: this.named, more: this.more, further: this.runs };
  }
}

/** The reasons of a turn by round robin, in the order of the line. */
export function reasonsInLine(turn: Turn): PassOverReason[] {
  const reasons = turn.passedOver.map(({ reason }) => reason);
  for (const { reason, count } of turn.further ?? []) {
    if (reason !== 'eligible') for (let index = 0; index < count; index += 1) reasons.push(reason);
  }
  return reasons;
}

/** The reasons of a turn by another strategy, one for each member of the list; undefined: was eligible. */
export function reasonsInList(
  turn: Turn,
  list: readonly { readonly userId: UserId }[],
): (PassOverReason | undefined)[] {
  const reasons: (PassOverReason | undefined)[] = [];
  let next = 0;
  for (const { userId } of list) {
    const named = turn.passedOver[next];
    if (named === undefined) break;
    if (named.userId === userId) next += 1;
    reasons.push(named.userId === userId ? named.reason : undefined);
  }
  for (const { reason, count } of turn.further ?? []) {
    for (let index = 0; index < count; index += 1) reasons.push(reason === 'eligible' ? undefined : reason);
  }
  while (reasons.length < list.length) reasons.push(undefined);
  return reasons;
}
