import type { ContactId, LeadId, RotationId, UserId } from './ids.ts';

/** The lead, the contact and the rotation of the golden samples. */
export const sampleLead = {
  leadId: '7d9e2c0f-6f0a-5c1b-9d5e-0c6f5a1b2c3d' as LeadId,
  contactIds: ['b1c4f6a2-1f0e-4c53-8f9d-3a2b1c0d9e8f' as ContactId],
};
export const sampleRotationId = 'web' as RotationId;
export const ann = 'ann' as UserId;
export const bob = 'bob' as UserId;
export const sampleTurn = {
  number: 812,
  strategy: 'round-robin',
  passedOver: [{ userId: 'eve' as UserId, reason: 'away' as const }],
};
