import { randomUUID } from 'node:crypto';
import { defaultOrganization, type NewEvent, type Tag, type Unit } from '@lead-rotator/event-sourcing';

/** As the router writes them: guarded on the configuration and on the lead it decides about. */
export function sampleUnit(size: number, readAt: number): Unit {
  const events = Array.from({ length: size }, sampleEvent);
  const guards = [{ tag: 'configuration' as Tag, after: readAt }];
  const lead = events[0]?.tags[0];
  if (lead !== undefined) guards.push({ tag: lead, after: readAt });
  return { id: randomUUID(), events, guards };
}

export function sampleEvent(): NewEvent {
  const leadId = randomUUID();
  const contactId = randomUUID();
  return {
    type: 'LeadAssigned',
    version: 1,
    at: Date.now(),
    organizationId: defaultOrganization,
    actor: 'service:router',
    cause: 'event:4711',
    tags: [`lead:${leadId}` as Tag, `contact:${contactId}` as Tag, 'rotation:main' as Tag],
    data: {
      leadId,
      contactIds: [contactId],
      ownerId: 'a3f1c9e4-6f5b-4d0e-9a6e-0d9b0c2f7a11',
      rotationId: 'main',
      why: { step: 'rotation', strategy: 'round-robin' },
      due: '2026-01-05T09:30:00.000Z',
    },
  };
}
