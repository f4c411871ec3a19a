import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { Turn } from '@lead-rotator/lead-events';
import type { Distribution } from '../distribution.ts';
import { isAbsence } from '../eligibility.ts';
import type { Member } from '../member.ts';
import { type PassedOverList, reasonsInList } from '../passed-over.ts';
import type { Rotation } from '../rotation.ts';
import type { Windows } from '../zone.ts';
import { leastThenLongestWaiting, reasonAgainstIn } from './eligible.ts';
import type { Choice, Chosen, Strategy } from './strategy.ts';

/**
 * Fewest turns in the present period. Whoever joins or comes back from absence is raised to the least count of those
 * who were there all the time, so that nobody is flooded who has been away.
 */
export const fewestAssigned: Strategy = {
  choose(choice: Choice, passed: PassedOverList): Chosen | undefined {
    const { rotation, distribution, at } = choice;
    const standings = rotation.list.map((member): Standing => {
      const reason = reasonAgainstIn(choice, member);
      passed.add(member.userId, reason ?? 'eligible');
      return { member, reason };
    });
    const count = counterAt(rotation, distribution, at);
    const level = levelOf(standings, count);
    const eligible = standings.filter(({ reason }) => reason === undefined).map(({ member }) => member);
    const chosen = leastThenLongestWaiting(
      eligible,
      (member) => (member.present ? count(member) : Math.max(count(member), level)) + member.credit,
    );
    return chosen === undefined ? undefined : { member: chosen };
  },

  serve(rotation: Rotation, _chosen: Member, turn: Turn, at: EpochMilliseconds, distribution: Distribution): void {
    const reasons = reasonsInList(turn, rotation.list);
    const standings = rotation.list.map((member, index): Standing => ({ member, reason: reasons[index] }));
    const count = counterAt(rotation, distribution, at);
    const level = levelOf(standings, count);
    const period = periodAt(rotation, distribution, at);
    for (const { member, reason } of standings) {
      const present = isPresent(reason);
      if (present && !member.present && level > count(member)) {
        member.raised = (member.raisedIn === period ? member.raised : 0) + level - count(member);
        member.raisedIn = period;
      }
      member.present = present;
    }
  },
};

interface Standing {
  readonly member: Member;
  readonly reason: string | undefined;
}

const isPresent = (reason: string | undefined): boolean => reason === undefined || !isAbsence(reason);

/** To what count those are raised who are back; −∞ if nobody was there at the turn before and still is. */
function levelOf(standings: readonly Standing[], count: (member: Member) => number): number {
  let least = Infinity;
  let greatest = -Infinity;
  for (const { member, reason } of standings) {
    if (!member.present || !isPresent(reason)) continue;
    const own = count(member);
    if (reason === undefined && own < least) least = own;
    if (own > greatest) greatest = own;
  }
  return least === Infinity ? greatest : least;
}

const units: Record<string, keyof Windows> = { day: 'day', week: 'week', month: 'month' };

/** The number of the present day, week or month; always 0 for `ever`. */
function periodAt(rotation: Rotation, distribution: Distribution, at: EpochMilliseconds): number {
  const unit = unitOf(rotation);
  return unit === undefined ? 0 : distribution.zone(rotation.settings.timeZone).windowsAt(at)[unit];
}

/** Counts of the present period, without credit. */
function counterAt(rotation: Rotation, distribution: Distribution, at: EpochMilliseconds): (member: Member) => number {
  const unit = unitOf(rotation);
  const period = periodAt(rotation, distribution, at);
  const windows = distribution.zone(rotation.settings.timeZone).windowsAt(at);
  return (member) => {
    const turns = unit === undefined ? member.counts.total : member.counts.within(unit, windows);
    return turns + (member.raisedIn === period ? member.raised : 0);
  };
}

function unitOf({ strategy }: Rotation): keyof Windows | undefined {
  return strategy.type === 'fewest-assigned' ? units[strategy.period ?? 'month'] : undefined;
}
