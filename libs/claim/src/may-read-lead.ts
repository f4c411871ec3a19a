import type { RotationId } from '@lead-rotator/lead-events';
import { type Distribution, isManager, type User } from '@lead-rotator/rotation';
import type { LeadState } from './lead-state.ts';

/** The rotation that a lead has to do with now: by whose turn its owner has it, where it waits, or that offers it. */
export const rotationOfLead = ({ turnRotationId, pendingIn, waitingIn, offer }: LeadState): RotationId | undefined =>
  turnRotationId ?? pendingIn ?? waitingIn ?? offer?.rotationId;

/** Who may see a lead, for the refusal of others. */
export const toReadLead = 'its owner, the owner of its rotation, a manager or an admin';

/** Whether a user may see a lead, which is personal data: as `toReadLead`, and those to whom it is offered. */
export function mayReadLead({ rotations }: Distribution, user: User, lead: LeadState): boolean {
  if (isManager(user) || lead.ownerId === user.id || lead.offer?.userIds.includes(user.id)) return true;
  const rotationId = rotationOfLead(lead);
  return rotationId !== undefined && rotations.get(rotationId)?.settings.ownerId === user.id;
}
