import {
  namedAtMost,
  type PassedOver,
  type PassOverReason,
  type Run,
  type Turn,
  type UserId,
} from '@lead-rotator/lead-events';
import { type Barred, roomFor } from './barred.ts';
import { codeOf, reasonOf } from './reason-codes.ts';
import type { Rotation } from './rotation.ts';

/** Collects who was passed over: the first fifty by name, the others as runs of the same reason. */
export class PassedOverList {
  private readonly named: PassedOver[] = [];
  private more = 0;
  private readonly runs: Run[] = [];

  /** Fifty are named: from here on the eligible ones count too. */
  private get isFull(): boolean {
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

  /** All members in list order. */
  addAll(list: readonly { readonly userId: UserId }[], { codes, isNobody }: Barred): void {
    if (isNobody) return;
    for (let place = 0; place < list.length; place += 1) {
      const code = codes[place] as number;
      if (code === 0 && !this.isFull) continue;
      this.add((list[place] as { userId: UserId }).userId, reasonOf(code) ?? 'eligible');
    }
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

/**
 * The codes of a turn by another strategy, by place in the list, until the next turn is looked at; undefined: everybody
 * was eligible.
 */
export function codesOfTurn(turn: Turn, rotation: Rotation): Uint8Array | undefined {
  const { passedOver, further = [] } = turn;
  if (passedOver.length === 0) return undefined;
  const codes = roomFor(rotation.list.length).fill(0, 0, rotation.list.length);
  let next = 0;
  for (const { userId, reason } of passedOver) {
    const place = rotation.placeOf(userId) ?? rotation.list.length;
    codes[place] = codeOf(reason);
    next = place + 1;
  }
  for (const { reason, count } of further) {
    if (reason !== 'eligible') codes.fill(codeOf(reason), next, next + count);
    next += count;
  }
  return codes;
}
