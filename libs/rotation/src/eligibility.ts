import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { PassOverReason, UserId } from '@lead-rotator/lead-events';
import { holds } from './condition.ts';
import type { Distribution } from './distribution.ts';
import type { LeadFacts } from './lead-facts.ts';
import type { Member } from './member.ts';
import type { Rotation } from './rotation.ts';
import { covers, isOpen } from './schedule.ts';
import type { User } from './user.ts';

/** A lead to be given out by a turn. */
export interface TurnLead {
  readonly facts: LeadFacts;
  /** Users who declined it. */
  readonly declined: readonly UserId[];
  /** Users who have had it. */
  readonly had: readonly UserId[];
}

/** Why a user takes no leads at an instant, whatever the lead and the rotation. */
export function absenceOf(distribution: Distribution, user: User, at: EpochMilliseconds): PassOverReason | undefined {
  if (!user.active) return 'inactive';
  if (user.away.length === 0 && user.hours === undefined) return user.switchedOn ? undefined : 'switched-off';
  const local = distribution.zone(user.timeZone).toLocal(at);
  if (user.away.some((absence) => covers(absence, at, local))) return 'away';
  if (user.hours !== undefined && !isOpen(user.hours, local)) return 'off-hours';
  return user.switchedOn ? undefined : 'switched-off';
}

/** Why a member takes no leads of this rotation at an instant: the first five reasons. */
export function memberAbsence(
  distribution: Distribution,
  member: Member,
  at: EpochMilliseconds,
): PassOverReason | undefined {
  const { user } = member.person;
  if (!user.active) return 'inactive';
  return member.paused ? 'paused' : absenceOf(distribution, user, at);
}

/** Why a member who is present cannot have a lead now: the first reason in the order of the domain reference. */
export function reasonAgainstPresent(
  distribution: Distribution,
  rotation: Rotation,
  member: Member,
  lead: TurnLead,
  at: EpochMilliseconds,
): PassOverReason | undefined {
  const { user } = member.person;
  const { filter } = member.settings;
  if (filter !== undefined && !holds(distribution, filter, lead.facts, user)) return 'filtered';
  if (member.caps !== undefined || user.isLimited) {
    const limit = limitOf(distribution, rotation, member, at);
    if (limit !== undefined) return limit;
  }
  if (lead.declined.length > 0 && lead.declined.includes(member.userId)) return 'declined';
  if (lead.had.length > 0 && lead.had.includes(member.userId)) return 'had-it';
  return undefined;
}

/** The cap that a member has reached, in this rotation or over all, or their capacity. */
export function limitOf(
  distribution: Distribution,
  rotation: Rotation,
  member: Member,
  at: EpochMilliseconds,
): PassOverReason | undefined {
  const { user, number } = member.person;
  const here =
    member.caps === undefined
      ? undefined
      : member.counts.reached(member.caps, distribution.zone(rotation.settings.timeZone).windowsAt(at));
  if (!user.isLimited) return here;
  const load = distribution.loads.get(number);
  const everywhere = load?.counts.reached(user.caps, distribution.zone(user.timeZone).windowsAt(at));
  if (here !== undefined || everywhere !== undefined) return firstOf(here, everywhere);
  return user.maxOpen > 0 && (load?.open ?? 0) >= user.maxOpen ? 'at-capacity' : undefined;
}

const order: readonly PassOverReason[] = ['capped-hourly', 'capped-daily', 'capped-weekly', 'capped-monthly'];

function firstOf(one: PassOverReason | undefined, other: PassOverReason | undefined): PassOverReason | undefined {
  return order.find((reason) => reason === one || reason === other);
}

/** Whether a member could have a lead but for absence, a cap or capacity: they may have it later. */
export function mayHaveLater(distribution: Distribution, member: Member, lead: TurnLead): boolean {
  const { user } = member.person;
  if (!user.active) return false;
  if (lead.had.includes(member.userId) || lead.declined.includes(member.userId)) return false;
  const { filter } = member.settings;
  return filter === undefined || holds(distribution, filter, lead.facts, user);
}

/** Reasons that say nothing about the lead, only that somebody is not there. */
export const isAbsence = (reason: string): boolean =>
  reason === 'inactive' ||
  reason === 'paused' ||
  reason === 'away' ||
  reason === 'off-hours' ||
  reason === 'switched-off';

/** Reasons by which this lead does not suit a member, who keeps their place in the line for the next. */
export const isUnsuited = (reason: string): boolean =>
  reason === 'filtered' || reason === 'declined' || reason === 'had-it';

/** Whether turns of a rotation depend on what happens in others, so that a decision must guard all ownership. */
export function looksOverAll(distribution: Distribution, rotation: Rotation): boolean {
  const { strategy } = rotation;
  if (strategy.type === 'fewest-open' || strategy.type === 'predictive') return true;
  if (strategy.type === 'longest-waiting' && strategy.scope === 'organization') return true;
  return distribution.hasUserLimits;
}
