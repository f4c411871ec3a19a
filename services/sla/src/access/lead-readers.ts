import { type LeadState, mayReadLead, toReadLead } from '@lead-rotator/claim';
import { type Actor, Rejection } from '@lead-rotator/event-sourcing';
import type { UserId } from '@lead-rotator/lead-events';
import { type Distribution, isManager, type User } from '@lead-rotator/rotation';
import { Refused } from '@lead-rotator/service-host';

/** All deadlines say who has which lead: they are for managers and admins. @throws Refused: `not-allowed` */
export function requireManager(distribution: Distribution, actor: Actor): void {
  const user = asking(distribution, actor);
  if (user !== undefined && !isManager(user)) refuse(actor, 'a manager or an admin');
}

/** The deadline of one lead: for those who may see the lead. @throws Refused: `not-allowed` */
export function requireReader(distribution: Distribution, actor: Actor, lead: LeadState): void {
  const user = asking(distribution, actor);
  if (user !== undefined && !mayReadLead(distribution, user, lead)) refuse(actor, toReadLead);
}

/** The user who asks; undefined: the API itself, which may see everything. */
function asking({ users }: Distribution, actor: Actor): User | undefined {
  if (!actor.startsWith('user:')) return undefined;
  return users.get(actor.slice('user:'.length) as UserId) ?? refuse(actor, 'an active user');
}

function refuse(actor: Actor, needs: string): never {
  throw new Refused(new Rejection('not-allowed', { actor, needs }));
}
