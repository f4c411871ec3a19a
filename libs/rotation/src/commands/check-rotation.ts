import { Rejection } from '@lead-rotator/event-sourcing';
import type { ClaimPolicy, Pause, RotationId, RotationSettings, Strategy } from '@lead-rotator/lead-events';
import type { Distribution } from '../distribution.ts';
import { leadFields } from '../lead-facts.ts';
import { invalid, type RefusalCode } from '../refusal.ts';
import { compilePauses, parseDays, parseTime } from '../week.ts';
import { findZone } from '../zone.ts';
import { faultOfCount, faultsOfCaps } from './check-caps.ts';
import { firstFault, whyNot } from './check-profile.ts';
import { faultOfUser } from './check-user.ts';
import { nearestWord } from './nearest-word.ts';

type Fault = Rejection<RefusalCode> | undefined;

/** The first thing in the settings of a rotation that cannot be; undefined if there is none. */
export function faultsOfSettings(
  distribution: Distribution,
  rotationId: RotationId,
  settings: RotationSettings,
  together: readonly RotationId[] = [],
): Fault {
  const missing = rotationsNamedBy(settings).find(
    ([, named]) => named !== rotationId && !together.includes(named) && distribution.rotations.get(named) === undefined,
  );
  if (missing !== undefined) {
    const [path, named] = missing;
    const known = [...together, ...distribution.rotationIds];
    return new Rejection('unknown-rotation', {
      path,
      rotationId: named,
      fault: `there is no rotation ${named}`,
      found: named,
      meant: nearestWord(named, known),
    });
  }
  const { timeZone, caps, claim, strategy, whenNobody, ownerId } = settings;
  if (timeZone !== undefined && findZone(timeZone) === undefined) {
    return invalid('timeZone', `${timeZone} is no time zone`);
  }
  return (
    faultsOfCaps(caps) ??
    faultOfUser(distribution, 'owner', ownerId) ??
    (typeof whenNobody === 'object' ? faultOfUser(distribution, 'whenNobody.backup', whenNobody.backup) : undefined) ??
    (strategy === undefined ? undefined : faultOfStrategy(distribution, rotationId, strategy)) ??
    (claim === undefined ? undefined : faultOfClaim(distribution, claim))
  );
}

/** Each with the place that names it. */
function* rotationsNamedBy({ strategy, claim }: RotationSettings): Generator<readonly [path: string, RotationId]> {
  const fallbacks = strategy?.type === 'first-to-claim' ? (strategy.otherwise ?? []) : [];
  for (const [index, fallback] of fallbacks.entries()) {
    if ('rotation' in fallback) yield [`strategy.then.${index}.rotation`, fallback.rotation];
    if ('queue' in fallback) yield [`strategy.then.${index}.queue`, fallback.queue];
  }
  for (const setting of ['onMiss', 'whenExhausted'] as const) {
    const named = claim?.[setting];
    if (typeof named === 'object' && 'queue' in named) yield [`claim.${setting}.queue`, named.queue];
  }
}

function faultOfStrategy(distribution: Distribution, rotationId: RotationId, strategy: Strategy): Fault {
  if (strategy.type === 'manual') return faultOfUser(distribution, 'strategy.assignee', strategy.assignee);
  if (strategy.type === 'predictive') {
    const { guard = 0, segment = [] } = strategy;
    if (!(guard >= 0 && guard <= 1)) return invalid('strategy.guard', 'must be from 0 to 1', { found: guard });
    return faultOfFields('strategy.segment', segment, leadFields);
  }
  if (strategy.type === 'queue-preview') {
    return faultOfFields('strategy.previewFields', strategy.previewFields ?? [], shownFields);
  }
  if (strategy.type !== 'first-to-claim') return undefined;
  const tooLong = faultOfTime('strategy.offerFor', strategy.offerFor);
  if (tooLong !== undefined) return tooLong;
  for (const [index, fallback] of (strategy.otherwise ?? []).entries()) {
    if (!('user' in fallback)) continue;
    const fault = faultOfUser(distribution, `strategy.then.${index}.user`, fallback.user);
    if (fault !== undefined) return fault;
  }
  return comesBack(distribution, rotationId, strategy, new Set())
    ? invalid('strategy.then', `the fallbacks come back to ${rotationId}`)
    : undefined;
}

const mostDays = 3_650;

/** A length of time in ms. Ten years at most: what is due beyond the last date there is could not be decided. */
function faultOfTime(path: string, time: number | undefined): Fault {
  if (time === undefined || (time > 0 && time <= mostDays * 86_400_000)) return undefined;
  return invalid(path, time > 0 ? `must be ${mostDays} days at most` : 'must be above 0', { found: time });
}

/** What a queue may show of a lead: whatever conditions may name, and who the person is. */
const shownFields: ReadonlySet<string> = new Set([...leadFields, 'firstName', 'lastName']);

function faultOfFields(path: string, named: readonly string[], fields: ReadonlySet<string>): Fault {
  const index = named.findIndex((field) => !fields.has(field) && !/^attributes\../.test(field));
  const unknown = named[index];
  if (unknown === undefined) return undefined;
  const meant = nearestWord(unknown, [...fields]);
  return invalid(`${path}.${index}`, `${unknown} is no field of a lead`, { found: unknown, meant });
}

/** Whether the fallbacks of an offering rotation lead to itself, directly or by those of others. */
function comesBack(
  distribution: Distribution,
  rotationId: RotationId,
  strategy: Strategy,
  seen: Set<RotationId>,
): boolean {
  if (strategy.type !== 'first-to-claim') return false;
  return (strategy.otherwise ?? []).some((fallback) => {
    if (!('rotation' in fallback) || seen.has(fallback.rotation)) return false;
    if (fallback.rotation === rotationId) return true;
    seen.add(fallback.rotation);
    const next = distribution.rotations.get(fallback.rotation);
    return next !== undefined && comesBack(distribution, rotationId, next.strategy, seen);
  });
}

function faultOfClaim(distribution: Distribution, claim: ClaimPolicy): Fault {
  const { within, counts, clock, calendar, pauses, whenExhausted, maxReassignments } = claim;
  const { warnBefore, pauseAfterMisses } = claim;
  if (counts?.includes('view')) return invalid('claim.counts', 'viewing can never claim');
  if (clock === 'team-hours' && calendar === undefined) return invalid('claim.calendar', 'team-hours needs a calendar');
  if (calendar !== undefined && !distribution.calendars.has(calendar)) {
    const meant = nearestWord(calendar, [...distribution.calendars.keys()]);
    return invalid('claim.calendar', `there is no calendar ${calendar}`, { found: calendar, meant });
  }
  const fault =
    faultOfTime('claim.within', within) ??
    (warnBefore === 0 ? undefined : faultOfTime('claim.warnBefore', warnBefore)) ??
    faultOfCount('claim.maxReassignments', maxReassignments) ??
    faultOfCount('claim.pauseAfterMisses', pauseAfterMisses);
  if (fault !== undefined) return fault;
  if (whenExhausted === 'start-over' && !maxReassignments) {
    return invalid('claim.whenExhausted', 'start-over needs maxReassignments', { found: whenExhausted });
  }
  if (typeof whenExhausted === 'object' && 'backup' in whenExhausted) {
    const unknown = faultOfUser(distribution, 'claim.whenExhausted.backup', whenExhausted.backup);
    if (unknown !== undefined) return unknown;
  }
  return firstFault(pauses, faultOfPause) ?? whyNot('claim.pauses', () => pauses && compilePauses(pauses));
}

const faultOfPause = ({ days, from, to }: Pause, index: number): Fault =>
  whyNot(`claim.pauses.${index}.days`, () => parseDays(days)) ??
  whyNot(`claim.pauses.${index}.from`, () => parseTime(from)) ??
  whyNot(`claim.pauses.${index}.to`, () => parseTime(to));
