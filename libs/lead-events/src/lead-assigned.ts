import { Type } from 'typebox';
import { defineEvent } from './define-event.ts';
import { at, contactIds, due, leadId, ownerId, previousOwnerId, rotationId } from './fields.ts';
import { optionalPassedOver } from './passed-over.ts';
import { ann, bob, sampleLead, sampleRotationId, sampleTurn } from './sample-lead.ts';
import { ownerChangeTags } from './tags.ts';
import { turn } from './turn.ts';
import { why } from './why.ts';

const assignment = {
  leadId,
  contactIds,
  ownerId,
  rotationId: Type.Optional(rotationId),
  turn: Type.Optional(turn),
  /** Of somebody who has it outside the turn since nobody was eligible for one; those of a turn are in `turn`. */
  ...optionalPassedOver,
  due: Type.Optional(due),
  why,
  at,
};
const closed = { additionalProperties: false } as const;

export const LeadAssigned = defineEvent({
  type: 'LeadAssigned',
  version: 1,
  about: 'A lead has its owner: by a turn if `turn` is there, otherwise outside the turn.',
  data: Type.Object(assignment, closed),
  tags: ownerChangeTags,
  key: (data) => data.leadId,
  sample: {
    ...sampleLead,
    ownerId: ann,
    rotationId: sampleRotationId,
    turn: sampleTurn,
    due: '2026-01-05T09:15:00.130Z',
    why: { step: 'rules', reason: 'turn', rule: 'german', ruleSet: 3 },
    at: '2026-01-05T09:00:00.130Z',
  },
});

export const LeadReassigned = defineEvent({
  type: 'LeadReassigned',
  version: 1,
  about: 'A lead that had an owner has another one, because it was not claimed in time, declined, or left behind.',
  data: Type.Object({ ...assignment, previousOwnerId: Type.Optional(previousOwnerId) }, closed),
  tags: ownerChangeTags,
  key: (data) => data.leadId,
  sample: {
    ...sampleLead,
    previousOwnerId: ann,
    ownerId: bob,
    rotationId: sampleRotationId,
    turn: { ...sampleTurn, number: 813 },
    due: '2026-01-05T09:30:00.130Z',
    why: { step: 'missed', reason: 'turn' },
    at: '2026-01-05T09:15:00.130Z',
  },
});

export const LeadHandedOver = defineEvent({
  type: 'LeadHandedOver',
  version: 1,
  about: 'A person has given a lead to somebody, outside the turn; a running deadline is over.',
  data: Type.Object({ leadId, contactIds, previousOwnerId: Type.Optional(previousOwnerId), ownerId, why, at }, closed),
  tags: ownerChangeTags,
  key: (data) => data.leadId,
  sample: {
    ...sampleLead,
    previousOwnerId: ann,
    ownerId: bob,
    why: { step: 'by-hand', reason: 'given' },
    at: '2026-01-05T09:20:00.000Z',
  },
});

export const LeadPickedUp = defineEvent({
  type: 'LeadPickedUp',
  version: 1,
  about: 'A member took a waiting lead out of the queue; that is a claim too.',
  data: Type.Object({ leadId, contactIds, ownerId, rotationId, why, at }, closed),
  tags: ownerChangeTags,
  key: (data) => data.leadId,
  sample: {
    ...sampleLead,
    ownerId: ann,
    rotationId: sampleRotationId,
    why: { step: 'picked-up', reason: 'queue' },
    at: '2026-01-05T09:20:00.000Z',
  },
});
