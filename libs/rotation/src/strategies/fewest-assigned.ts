import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { Turn } from '@lead-rotator/lead-events';
import type { Distribution } from '../distribution.ts';
import { isAbsence } from '../eligibility.ts';
import type { Member } from '../member.ts';
import { type PassedOverList, reasonsInList } from '../passed-over.ts';
import type { Rotation } from '../rotation.ts';
import type { Windows } from '../zone.ts';
import { reasonAgainstIn } from './eligible.ts';
import type { Choice, Chosen, Strategy } from './strategy.ts';

/**
 * Fewest turns in the present period. Whoever joins or comes back from absence is raised to the least count of those
 * who were there all the time, so that nobody is flooded who has been away.
 */
export const fewestAssigned: Strategy = {
  choose(choice: Choice, passed: PassedOverList): Chosen | undefined {
    const { rotation, distribution, at } = choice;
    const { list } = rotation;
    const reasons: (string | undefined)[] = [];
    for (const member of list) {
      const reason = reasonAgainstIn(choice, member);
      reasons.push(reason);
      if (reason !== undefined || passed.isFull) passed.add(member.userId, reason ?? 'eligible');
    }
    const period = periodAt(rotation, distribution, at);
    const level = levelOf(list, reasons, period);
    let chosen: Member | undefined;
    let least = Infinity;
    for (const [index, member] of list.entries()) {
      if (reasons[index] !== undefined) continue;
      const own = period.countOf(member);
      const count = (member.present || own > level ? own : level) + member.credit;
      if (chosen !== undefined && (count > least || (count === least && member.lastTurn >= chosen.lastTurn))) continue;
      chosen = member;
      least = count;
    }
    return chosen === undefined ? undefined : { member: chosen };
  },

  serve(rotation: Rotation, _chosen: Member, turn: Turn, at: EpochMilliseconds, distribution: Distribution): void {
    const { list } = rotation;
    const reasons = reasonsInList(turn, list);
    const period = periodAt(rotation, distribution, at);
    const level = levelOf(list, reasons, period);
    for (const [index, member] of list.entries()) {
      const present = isPresent(reasons[index]);
      if (present && !member.present && level > period.countOf(member)) {
        const raised = member.raisedIn === period.number ? member.raised : 0;
        member.raised = raised + level - period.countOf(member);
        member.raisedIn = period.number;
      }
      member.present = present;
    }
  },
};

const isPresent = (reason: string | undefined): boolean => reason === undefined || !isAbsence(reason);

/** To what count those are raised who are back; −∞ if nobody was there at the turn before and still is. */
function levelOf(list: readonly Member[], reasons: readonly (string | undefined)[], period: Period): number {
  let least = Infinity;
  let greatest = -Infinity;
  for (const [index, member] of list.entries()) {
    const reason = reasons[index];
    if (!member.present || !isPresent(reason)) continue;
    const own = period.countOf(member);
    if (reason === undefined && own < least) least = own;
    if (own > greatest) greatest = own;
  }
  return least === Infinity ? greatest : least;
}

const units: Record<string, keyof Windows> = { day: 'day', week: 'week', month: 'month' };

/** The present day, week or month; or all time. */
class Period {
  /** 0 for all time. */
  readonly number: number;
  private readonly unit: keyof Windows | undefined;
  private readonly windows: Windows;

  constructor(unit: keyof Windows | undefined, windows: Windows) {
    this.unit = unit;
    this.windows = windows;
    this.number = unit === undefined ? 0 : windows[unit];
  }

  /** Turns of a member in this period, and by how many they were raised; without credit. */
  countOf(member: Member): number {
    const turns = this.unit === undefined ? member.counts.total : member.counts.within(this.unit, this.windows);
    return member.raisedIn === this.number ? turns + member.raised : turns;
  }
}

function periodAt({ strategy, settings }: Rotation, distribution: Distribution, at: EpochMilliseconds): Period {
  const unit = strategy.type === 'fewest-assigned' ? units[strategy.period ?? 'month'] : undefined;
  return new Period(unit, distribution.zone(settings.timeZone).windowsAt(at));
}
