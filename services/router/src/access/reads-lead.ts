import type { EventOfType, RotationId, UserId } from '@lead-rotator/lead-events';
import type { LeadAnswer } from '../leads/lead.response.ts';
import type { Right } from './rights.ts';

/** Of a lead, which is personal data: its owner, to whom it is offered, who manages its rotation, managers and admins. */
export const readersOf = ({ ownerId, rotationId, state, history }: LeadAnswer): Right => ({
  needs: 'its owner, whoever manages its rotation, a manager or an admin',
  holds(asker) {
    if (asker.manages || (ownerId !== null && asker.user?.id === ownerId)) return true;
    if (rotationId !== undefined && asker.managesRotation(rotationId as RotationId)) return true;
    const offer = state === 'offered' ? history.findLast(({ type }) => type === 'LeadOffered')?.data : undefined;
    const { userIds = [] } = (offer ?? {}) as Partial<EventOfType<'LeadOffered'>['data']>;
    return userIds.includes(asker.user?.id as UserId);
  },
});
