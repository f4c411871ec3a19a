import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { RotationId, Turn, UserId } from '@lead-rotator/lead-events';
import type { Distribution } from './distribution.ts';
import type { TurnLead } from './eligibility.ts';
import type { Member } from './member.ts';
import { rotationToLookAt, standingsAt } from './next-change.ts';
import { PassedOverList } from './passed-over.ts';
import type { Rotation } from './rotation.ts';
import { barredFrom } from './strategies/barred-from.ts';
import { strategies } from './strategies/registry.ts';
import type { Chosen } from './strategies/strategy.ts';

/** Somebody was chosen: this is their turn, as the event records it. */
export interface TurnTaken {
  readonly userId: UserId;
  readonly turn: Turn;
}

/** Nobody is eligible; no turn was taken. */
export interface NobodyEligible {
  readonly userId: undefined;
  readonly passed: Pick<Turn, 'passedOver' | 'more'>;
}

/**
 * One automatic choice of a member by a rotation. Changes nothing: the rotation moves when the event with this turn is
 * evolved. A strategy that chooses nobody itself (queues, offers, manual) finds nobody.
 */
export function takeTurn(
  distribution: Distribution,
  given: Rotation,
  lead: TurnLead,
  at: EpochMilliseconds,
): TurnTaken | NobodyEligible {
  const rotation = rotationToLookAt(distribution, given, at);
  const { type } = rotation.strategy;
  const strategy = strategies[type];
  const passed = new PassedOverList();
  const standings = standingsAt(distribution, rotation, at);
  const choice = { distribution, rotation, standings, lead, at, ignoreAbsence: false };
  const chosen = strategy.choose(choice, passed);
  if (chosen !== undefined) return taken(rotation, type, chosen, passed);
  if (rotation.settings.whenNobody === 'ignore-availability') {
    const present = new PassedOverList();
    const second = strategy.choose({ ...choice, ignoreAbsence: true }, present);
    if (second !== undefined) return taken(rotation, type, second, present);
  }
  return { userId: undefined, passed: passed.toFields() };
}

function taken(rotation: Rotation, strategy: string, chosen: Chosen, passed: PassedOverList): TurnTaken {
  return {
    userId: (rotation.list[chosen.place] as Member).userId,
    turn: { number: rotation.turns + 1, strategy, ...passed.toTurn(), ...chosen.record },
  };
}

const anyLead = (at: EpochMilliseconds): TurnLead => ({
  facts: { leadId: '' as never, source: '', status: 'new', receivedAt: at },
  declined: [],
  had: [],
});

/** Whose turn it would be now, for a lead of which nothing is known; undefined: nobody is eligible, or no such rotation. */
export function nextInLine(
  distribution: Distribution,
  rotationId: RotationId,
  at: EpochMilliseconds,
  lead: TurnLead = anyLead(at),
): UserId | undefined {
  const rotation = distribution.rotations.get(rotationId);
  return rotation === undefined ? undefined : takeTurn(distribution, rotation, lead, at).userId;
}

/** All members who could have a lead now, in list order, and why the others cannot. */
export function eligibleNow(
  distribution: Distribution,
  given: Rotation,
  lead: TurnLead,
  at: EpochMilliseconds,
): { readonly userIds: UserId[]; readonly passed: Pick<Turn, 'passedOver' | 'more'> } {
  const passed = new PassedOverList();
  const rotation = rotationToLookAt(distribution, given, at);
  const standings = standingsAt(distribution, rotation, at);
  const barred = barredFrom({ distribution, rotation, standings, lead, at, ignoreAbsence: false });
  passed.addAll(rotation.list, barred);
  const members = rotation.list.filter((_, place) => barred.codes[place] === 0);
  return { userIds: members.map(({ userId }) => userId), passed: passed.toFields() };
}
