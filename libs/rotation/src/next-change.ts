import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { Distribution } from './distribution.ts';
import { inactive } from './reason-codes.ts';
import type { Rotation } from './rotation.ts';
import { type Standings, standingsOf } from './standings.ts';
import { strategies } from './strategies/registry.ts';

/**
 * On a fork, the fork's own rotation: what it remembers of its members follows what happens on the fork. What is
 * remembered below is brought up to date before it is copied, so that the next fork need not look at everybody.
 */
export function rotationToLookAt(distribution: Distribution, given: Rotation, at: EpochMilliseconds): Rotation {
  const { base, rotations } = distribution;
  if (base !== undefined && !rotations.owns(given.id)) {
    const below = base.rotations.get(given.id);
    if (below !== undefined) standingsAt(base, rotationToLookAt(base, below, at), at);
  }
  return rotations.edit(given.id) ?? given;
}

/** How the members of a rotation stand at an instant; on a fork, of the fork's own rotation. */
export function standingsAt(distribution: Distribution, rotation: Rotation, at: EpochMilliseconds): Standings {
  return standingsOf(distribution, rotation, strategies[rotation.strategy.type].figure?.(rotation), at);
}

/**
 * The next instant after `at` at which the clock alone may make a member of a rotation eligible: an absence ends, a
 * shift begins, or a cap's window is new. Infinity if there is none. It may come too early, never too late, as long as
 * nobody is served in between.
 */
export const nextChange = (distribution: Distribution, rotation: Rotation, at: EpochMilliseconds): EpochMilliseconds =>
  standingsAt(distribution, rotation, at).nextChange;

/** Whether a rotation has somebody for a lead, if it suits them; if not, none of its waiting leads need be tried. */
export function isSomebodyFree(distribution: Distribution, rotation: Rotation, at: EpochMilliseconds): boolean {
  const { barred, absences, limits } = standingsAt(distribution, rotation, at);
  if (barred < rotation.list.length) return true;
  if (rotation.settings.whenNobody !== 'ignore-availability') return false;
  return absences.some((absence, place) => absence !== inactive && limits[place] === 0);
}
