import { Type } from 'typebox';
import { defineEvent } from './define-event.ts';
import { at, contactIds, instant, leadId, previousOwnerId, rotationId, userId } from './fields.ts';
import { notice } from './notice.ts';
import { optionalPassedOver } from './passed-over.ts';
import { ann, bob, sampleLead, sampleRotationId } from './sample-lead.ts';
import { leadAndContactTags, ownerChangeTags } from './tags.ts';
import { why } from './why.ts';

const closed = { additionalProperties: false } as const;
const key = (data: { leadId: string }) => data.leadId;
const queue = {
  rotationId: Type.Optional(rotationId),
  waits: Type.Optional(
    Type.Enum(['for-pick-up', 'for-somebody'], {
      description:
        'for-pick-up: it lies in the queue of the rotation; for-somebody: it is given out as well as soon as somebody is eligible',
    }),
  ),
};
const outcome = { notice: Type.Optional(notice), why, at };

export const LeadLeftUnassigned = defineEvent({
  type: 'LeadLeftUnassigned',
  version: 1,
  about: 'Nobody has the lead for now: it lies in the queue of a rotation if `waits` is there.',
  data: Type.Object({ leadId, contactIds, ...queue, ...optionalPassedOver, ...outcome }, closed),
  tags: leadAndContactTags,
  key,
  sample: {
    ...sampleLead,
    rotationId: sampleRotationId,
    waits: 'for-pick-up',
    passedOver: [
      { userId: ann, reason: 'capped-daily' },
      { userId: bob, reason: 'off-hours' },
    ],
    notice: 'nobody-eligible',
    why: { step: 'rules', reason: 'nobody-eligible', rule: 'german', ruleSet: 3 },
    at: '2026-01-05T09:00:00.130Z',
  },
});

export const LeadTakenAway = defineEvent({
  type: 'LeadTakenAway',
  version: 1,
  about: 'The owner has the lead no more, and nobody has it for now.',
  data: Type.Object({ leadId, contactIds, previousOwnerId, ...queue, ...optionalPassedOver, ...outcome }, closed),
  tags: ownerChangeTags,
  key,
  sample: {
    ...sampleLead,
    previousOwnerId: ann,
    rotationId: sampleRotationId,
    waits: 'for-somebody',
    passedOver: [{ userId: bob, reason: 'off-hours' }],
    notice: 'nobody-eligible',
    why: { step: 'declined', reason: 'nobody-eligible' },
    at: '2026-01-05T09:10:00.000Z',
  },
});

export const LeadOffered = defineEvent({
  type: 'LeadOffered',
  version: 1,
  about: 'A lead is offered to several members at once; the first of them who claims it owns it.',
  data: Type.Object(
    {
      leadId,
      contactIds,
      previousOwnerId: Type.Optional(previousOwnerId),
      rotationId,
      userIds: Type.Array(userId),
      until: instant('when the offer is over; at that very instant it is too late'),
      ...optionalPassedOver,
      why,
      at,
    },
    closed,
  ),
  tags: ownerChangeTags,
  key,
  sample: {
    ...sampleLead,
    previousOwnerId: ann,
    rotationId: sampleRotationId,
    userIds: [ann, bob],
    until: '2026-01-05T09:05:00.130Z',
    passedOver: [],
    why: { step: 'rules', reason: 'offered', rule: 'rest', ruleSet: 3 },
    at: '2026-01-05T09:00:00.130Z',
  },
});
