import type { LeadState } from '@lead-rotator/claim';
import { type Actor, Rejection } from '@lead-rotator/event-sourcing';
import type { UserId } from '@lead-rotator/lead-events';
import { type Distribution, isManager, type User } from '@lead-rotator/rotation';
import { Refused } from '@lead-rotator/service-host';

/** All deadlines say who has which lead: they are for managers and admins. @throws Refused: `not-allowed` */
export function requireManager(distribution: Distribution, actor: Actor): void {
  const user = asking(distribution, actor);
  if (user !== undefined && !isManager(user)) refuse(actor, 'a manager or an admin');
}

/**
 * The deadline of one lead: for its owner and those to whom it is offered, too, and for the owner of the rotation.
 * @throws Refused: `not-allowed`
 */
export function requireReader(distribution: Distribution, actor: Actor, { ownerId, ...lead }: LeadState): void {
  const user = asking(distribution, actor);
  if (user === undefined || isManager(user) || ownerId === user.id || lead.offer?.userIds.includes(user.id)) return;
  const rotationId = lead.turnRotationId ?? lead.offer?.rotationId;
  if (rotationId !== undefined && distribution.rotations.get(rotationId)?.settings.ownerId === user.id) return;
  refuse(actor, 'its owner, the owner of its rotation, a manager or an admin');
}

/** The user who asks; undefined: the API itself, which may see everything. */
function asking({ users }: Distribution, actor: Actor): User | undefined {
  if (!actor.startsWith('user:')) return undefined;
  return users.get(actor.slice('user:'.length) as UserId) ?? refuse(actor, 'an active user');
}

function refuse(actor: Actor, needs: string): never {
  throw new Refused(new Rejection('not-allowed', { actor, needs }));
}
