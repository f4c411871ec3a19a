import type { ConfigurationCommand } from '@lead-rotator/command-handling';
import type { UserId } from '@lead-rotator/lead-events';
import {
  activateUser,
  deactivateUser,
  pauseMember,
  resumeMember,
  switchRotation,
  switchUser,
} from '@lead-rotator/rotation';
import type { Chance } from '../chance.ts';
import { rotationId } from './team.ts';

type Decide = ConfigurationCommand['decide'];

/** Something that ends by itself: how it begins and how it ends. */
export type Absence = readonly [begins: Decide, ends: Decide];

/** Somebody, or all, who take no leads for a while. */
export function drawAbsence(chance: Chance, members: readonly string[]): Absence {
  const userId = chance.oneOf(members) as UserId;
  return chance.oneOf<Absence>([
    [(d, at) => switchUser(d, userId, false, at), (d, at) => switchUser(d, userId, true, at)],
    [(d, at) => pauseMember(d, { rotationId, userId }, at), (d, at) => resumeMember(d, { rotationId, userId }, at)],
    [(d, at) => deactivateUser(d, userId, at), (d, at) => activateUser(d, userId, at)],
    [(d, at) => switchRotation(d, rotationId, false, at), (d, at) => switchRotation(d, rotationId, true, at)],
  ]);
}
