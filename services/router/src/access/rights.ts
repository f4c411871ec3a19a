import { type Actor, Rejection } from '@lead-rotator/event-sourcing';
import type { RotationId, UserId } from '@lead-rotator/lead-events';
import type { Distribution } from '@lead-rotator/rotation';
import { Asker } from './asker.ts';

/** Who may do something. */
export interface Right {
  /** For the refusal: who would have been allowed to. */
  readonly needs: string;
  holds(asker: Asker, distribution: Distribution): boolean;
}

/** Whoever is somebody: what is to be seen by all, so that a distribution can be trusted. */
export const anybody: Right = { needs: 'an active user', holds: (asker) => !asker.isNobody };

export const admins: Right = { needs: 'an admin', holds: (asker) => asker.isAdmin };

export const managers: Right = { needs: 'a manager or an admin', holds: (asker) => asker.manages };

/** Of a rotation: its owner, managers and admins. */
export const managersOf = (rotationId: RotationId): Right => ({
  needs: 'the owner of the rotation, a manager or an admin',
  holds: (asker) => asker.managesRotation(rotationId),
});

/** Of what waits in a rotation, before anybody has it: whoever may be given it there. */
export const readersOfQueue = (rotationId: RotationId): Right => ({
  needs: 'a member of the rotation, its owner, a manager or an admin',
  holds(asker, { rotations }) {
    if (asker.managesRotation(rotationId)) return true;
    return asker.user !== undefined && rotations.get(rotationId)?.member(asker.user.id) !== undefined;
  },
});

export const themselvesOrManagers = (userId: UserId): Right => ({
  needs: 'the user themselves, a manager or an admin',
  holds: (asker) => asker.manages || asker.user?.id === userId,
});

/** What users may say of themselves: nothing that would bring them more leads than others have decided. */
const ownFields: ReadonlySet<string> = new Set(['name', 'timeZone', 'hours', 'away', 'switchedOn']);
/** What makes somebody more than an agent: a manager who could give it could make themselves an admin. */
const rankFields: ReadonlySet<string> = new Set(['roles', 'plan']);

/** By the fields that change: the user's own, a manager's, or an admin's. What is an admin's user is for admins. */
export function mayChangeProfile(userId: UserId, change: object): Right {
  const fields = Object.keys(change).filter((field) => field !== 'userId');
  if (fields.some((field) => rankFields.has(field))) return admins;
  const own = fields.every((field) => ownFields.has(field));
  return {
    needs: `${own ? 'the user themselves, ' : ''}a manager, for agents and managers, or an admin`,
    holds: (asker, { users }) =>
      asker.isAdmin ||
      (own && asker.user?.id === userId) ||
      (asker.manages && !users.get(userId)?.roles.includes('admin')),
  };
}

/** Pages: managers and admins any; users on the complete plan their own, for leads of their own or of their rotations. */
export const mayDefinePage = (pageId: string, ownerId: UserId, rotationId: RotationId | undefined): Right => ({
  needs: 'a manager, an admin, or its owner on the plan complete, for a page and a rotation of their own',
  holds(asker, { pages }) {
    if (asker.manages) return true;
    const own = asker.user?.plan === 'complete' && ownerId === asker.user.id;
    const free = [undefined, ownerId].includes(pages.get(pageId)?.ownerId);
    return own && free && (rotationId === undefined || asker.managesRotation(rotationId));
  },
});

/** The refusal of who may not; undefined for who may. */
export function refusalFor(
  actor: Actor,
  distribution: Distribution,
  { needs, holds }: Right,
): Rejection<'not-allowed'> | undefined {
  if (holds(new Asker(distribution, actor), distribution)) return undefined;
  return new Rejection('not-allowed', { actor, needs });
}
