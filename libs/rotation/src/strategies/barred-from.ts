import { type Barred, roomFor } from '../barred.ts';
import type { Filter } from '../filters.ts';
import type { Member } from '../member.ts';
import { declined, filtered, hadIt, inactive, isPresent } from '../reason-codes.ts';
import type { Standings } from '../standings.ts';
import type { Choice } from './strategy.ts';

/** Why each member cannot have the lead of this turn; until the next turn is looked at. */
export function barredFrom(choice: Choice): Barred {
  const { rotation, lead, ignoreAbsence, standings } = choice;
  const isAsUsual = standings.filters.all.length === 0 && lead.declined.length === 0 && lead.had.length === 0;
  if (isAsUsual && !ignoreAbsence) return { codes: standings.codes, isNobody: standings.barred === 0 };
  const codes = roomFor(rotation.list.length);
  codes.set(standings.codes);
  if (ignoreAbsence) takeForPresent(codes, standings);
  for (const filter of standings.filters.all) barFiltered(codes, choice, filter);
  bar(codes, choice, lead.declined, declined);
  bar(codes, choice, lead.had, hadIt);
  return { codes, isNobody: false };
}

function takeForPresent(codes: Uint8Array, { absences, limits }: Standings): void {
  for (let place = 0; place < limits.length; place += 1) {
    codes[place] = absences[place] === inactive ? inactive : (limits[place] as number);
  }
}

function barFiltered(codes: Uint8Array, { distribution, rotation, lead }: Choice, filter: Filter): void {
  const { places } = filter;
  const member = (place: number) => rotation.list[place] as Member;
  if (!filter.isOwn && filter.holds(distribution, lead.facts, member(places[0] as number))) return;
  for (const place of places) {
    if (!isPresent(codes[place] as number)) continue;
    if (!filter.isOwn || !filter.holds(distribution, lead.facts, member(place))) codes[place] = filtered;
  }
}

/** Those whom this lead does not suit, and whom nothing else bars. */
function bar(codes: Uint8Array, { rotation }: Choice, userIds: Choice['lead']['had'], code: number): void {
  for (const userId of userIds) {
    const place = rotation.placeOf(userId);
    if (place !== undefined && codes[place] === 0) codes[place] = code;
  }
}

function codeWithFilter(choice: Choice, place: number): number {
  const { distribution, rotation, lead, ignoreAbsence, standings } = choice;
  const absence = standings.absences[place] as number;
  if (absence !== 0 && (absence === inactive || !ignoreAbsence)) return absence;
  const suits = standings.filters.of(place)?.holds(distribution, lead.facts, rotation.list[place] as Member) ?? true;
  return suits ? (standings.limits[place] as number) : filtered;
}

/** Why one member cannot have the lead. */
export function codeFor(choice: Choice, place: number): number {
  const code = codeWithFilter(choice, place);
  if (code !== 0) return code;
  const { declined: no, had } = choice.lead;
  if (no.length === 0 && had.length === 0) return 0;
  const { userId } = choice.rotation.list[place] as Member;
  if (no.includes(userId)) return declined;
  return had.includes(userId) ? hadIt : 0;
}

/** The place with the least figure among those with the code 0; of several, the first in the list. */
export function leastOf({ codes }: Barred, figures: Float64Array): number | undefined {
  let best: number | undefined;
  let least = Infinity;
  for (let place = 0; place < figures.length; place += 1) {
    const figure = figures[place] as number;
    if (codes[place] === 0 && figure < least) {
      best = place;
      least = figure;
    }
  }
  return best;
}

/** The same; of several, the one waiting longest, then the first in the list. */
export function leastThenLongestWaiting({ codes }: Barred, { figures, lastTurns }: Standings): number | undefined {
  let best: number | undefined;
  let least = Infinity;
  let last = Infinity;
  for (let place = 0; place < figures.length; place += 1) {
    const figure = figures[place] as number;
    if (codes[place] !== 0 || figure > least) continue;
    const lastTurn = lastTurns[place] as number;
    if (figure === least && lastTurn >= last) continue;
    best = place;
    least = figure;
    last = lastTurn;
  }
  return best;
}
