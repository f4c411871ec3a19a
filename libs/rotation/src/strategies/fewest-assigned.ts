import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { Turn } from '@lead-rotator/lead-events';
import type { Distribution } from '../distribution.ts';
import type { Member } from '../member.ts';
import { codesOfTurn, type PassedOverList } from '../passed-over.ts';
import { isPresent } from '../reason-codes.ts';
import type { Rotation } from '../rotation.ts';
import type { Windows } from '../zone.ts';
import { barredFrom } from './barred-from.ts';
import type { Figure } from './figure.ts';
import type { Choice, Chosen, Strategy } from './strategy.ts';

/**
 * Fewest turns in the present period. Whoever joins or comes back from absence is raised to the least count of those
 * who were there all the time, so that nobody is flooded who has been away.
 */
export const fewestAssigned: Strategy = {
  choose(choice: Choice, passed: PassedOverList): Chosen | undefined {
    const { rotation, standings } = choice;
    const { present } = rotation.tally;
    const { figures: counts, lastTurns, credits } = standings;
    const barred = barredFrom(choice);
    const { codes } = barred;
    passed.addAll(rotation.list, barred);
    const level = present.includes(0) ? levelOf(rotation, codes, (place) => counts[place] as number) : 0;
    let best: number | undefined;
    let least = Infinity;
    let last = Infinity;
    for (let place = 0; place < counts.length; place += 1) {
      if (codes[place] !== 0) continue;
      const own = counts[place] as number;
      const count = (present[place] === 1 || own > level ? own : level) + (credits[place] as number);
      if (count > least) continue;
      const lastTurn = lastTurns[place] as number;
      if (count === least && lastTurn >= last) continue;
      best = place;
      least = count;
      last = lastTurn;
    }
    return best === undefined ? undefined : { place: best };
  },

  serve(rotation: Rotation, _chosen: number, turn: Turn, at: EpochMilliseconds, distribution: Distribution): void {
    const { list, tally } = rotation;
    const codes = codesOfTurn(turn, rotation);
    if (tally.present.includes(0)) raiseThoseBack(rotation, codes, at, distribution);
    if (codes === undefined && !tally.present.includes(0)) return;
    const present = tally.edit('present');
    for (let place = 0; place < list.length; place += 1) present[place] = isPresent(codes?.[place] ?? 0) ? 1 : 0;
  },

  figure: () => count,
};

/** Those who were not there at the turn before, and are now, to the level of the others. */
function raiseThoseBack(
  rotation: Rotation,
  codes: Uint8Array | undefined,
  at: EpochMilliseconds,
  distribution: Distribution,
): void {
  const { list, tally } = rotation;
  const period = periodAt(rotation, distribution, at);
  const level = levelOf(rotation, codes, (place) => period.countOf(list[place] as Member));
  for (let place = 0; place < list.length; place += 1) {
    if (tally.present[place] === 1 || !isPresent(codes?.[place] ?? 0)) continue;
    const by = level - period.countOf(list[place] as Member);
    const member = by > 0 ? rotation.edit((list[place] as Member).userId) : undefined;
    if (member === undefined) continue;
    member.raised = by + (member.raisedIn === period.number ? member.raised : 0);
    member.raisedIn = period.number;
  }
}

/**
 * To what count those are raised who are back: the least of those who were there at the turn before, still are, and are
 * eligible; else the greatest of those who were and are; −∞ if there is none.
 */
function levelOf({ list, tally }: Rotation, codes: Uint8Array | undefined, countAt: (place: number) => number): number {
  let least = Infinity;
  let greatest = -Infinity;
  for (let place = 0; place < list.length; place += 1) {
    const code = codes?.[place] ?? 0;
    if (tally.present[place] === 0 || !isPresent(code)) continue;
    const own = countAt(place);
    if (code === 0 && own < least) least = own;
    if (own > greatest) greatest = own;
  }
  return least === Infinity ? greatest : least;
}

const count: Figure = {
  of: (distribution, rotation, member, at) => periodAt(rotation, distribution, at).countOf(member),
  until(distribution, rotation, at) {
    const unit = unitOf(rotation);
    return unit === undefined ? Infinity : distribution.zone(rotation.settings.timeZone).nextWindow(at, unit);
  },
  looksBeyond: false,
};

const units: Record<string, keyof Windows> = { day: 'day', week: 'week', month: 'month' };

const unitOf = ({ strategy }: Rotation): keyof Windows | undefined =>
  strategy.type === 'fewest-assigned' ? units[strategy.period ?? 'month'] : undefined;

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

const periodAt = (rotation: Rotation, distribution: Distribution, at: EpochMilliseconds): Period =>
  new Period(unitOf(rotation), distribution.zone(rotation.settings.timeZone).windowsAt(at));
