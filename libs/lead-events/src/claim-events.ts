import { Type } from 'typebox';
import { defineEvent } from './define-event.ts';
import { activityId, at, contactIds, due, instant, leadId, ownerId, rotationId, userId } from './fields.ts';
import type { ActivityId } from './ids.ts';
import { notice } from './notice.ts';
import { optionalPassedOver, passedOverFields } from './passed-over.ts';
import { ann, sampleLead, sampleRotationId } from './sample-lead.ts';
import { leadAndContactTags, leadTag, ownershipTag, rotationTag } from './tags.ts';
import { why } from './why.ts';

const closed = { additionalProperties: false } as const;
const key = (data: { leadId: string }) => data.leadId;
const { leadId: sampleLeadId } = sampleLead;
const act = '0b1f7c9e-1c1f-4a52-9d4f-1f6f2a9d3c11' as ActivityId;

/** What an act was worth: it claims, or the reason why it does not. */
export const actOutcomes = [
  'claims',
  'already-claimed',
  'no-claim-kind',
  'automated',
  'not-owner',
  'before-ownership',
  'too-late',
  'unowned',
  'taken',
  'not-allowed',
  'closed',
] as const;

export const LeadActivityRecorded = defineEvent({
  type: 'LeadActivityRecorded',
  version: 1,
  about: 'Somebody has done something about a lead; `outcome` says whether that claims it.',
  data: Type.Object(
    {
      activityId,
      leadId,
      userId,
      kind: Type.String({ minLength: 1, description: 'email, note, call, sms, task, view, …' }),
      automated: Type.Boolean(),
      occurredAt: instant('when it was done'),
      outcome: Type.Enum([...actOutcomes]),
      at,
    },
    closed,
  ),
  tags: (data) => [leadTag(data.leadId)],
  key,
  sample: {
    activityId: act,
    leadId: sampleLeadId,
    userId: ann,
    kind: 'call',
    automated: false,
    occurredAt: '2026-01-05T09:10:00.000Z',
    outcome: 'claims',
    at: '2026-01-05T09:10:01.000Z',
  },
});

export const LeadClaimed = defineEvent({
  type: 'LeadClaimed',
  version: 1,
  about: 'The owner has shown that they work the lead: its deadline is over.',
  data: Type.Object(
    {
      leadId,
      contactIds,
      ownerId,
      rotationId: Type.Optional(rotationId),
      activityId: Type.Optional(activityId),
      at,
    },
    closed,
  ),
  tags: leadAndContactTags,
  key,
  sample: {
    ...sampleLead,
    ownerId: ann,
    rotationId: sampleRotationId,
    activityId: act,
    at: '2026-01-05T09:10:01.000Z',
  },
});

export const ClaimDeadlineNeared = defineEvent({
  type: 'ClaimDeadlineNeared',
  version: 1,
  about: 'A lead is still not claimed, and its deadline is near.',
  data: Type.Object({ leadId, ownerId, rotationId, due, notice, at }, closed),
  tags: (data) => [leadTag(data.leadId)],
  key,
  sample: {
    leadId: sampleLeadId,
    ownerId: ann,
    rotationId: sampleRotationId,
    due: '2026-01-05T09:15:00.130Z',
    notice: 'deadline-near',
    at: '2026-01-05T09:10:00.130Z',
  },
});

export const ClaimMissed = defineEvent({
  type: 'ClaimMissed',
  version: 1,
  about: 'The deadline has passed without a claim; what follows from it are the events after this one.',
  data: Type.Object({ leadId, ownerId, rotationId, due, notice, why, at }, closed),
  tags: (data) => [leadTag(data.leadId)],
  key,
  sample: {
    leadId: sampleLeadId,
    ownerId: ann,
    rotationId: sampleRotationId,
    due: '2026-01-05T09:15:00.130Z',
    notice: 'missed',
    why: { step: 'missed', reason: 'turn' },
    at: '2026-01-05T09:15:00.130Z',
  },
});

export const ReassignmentPending = defineEvent({
  type: 'ReassignmentPending',
  version: 1,
  about: 'Nobody can take the lead now: the owner keeps it without a deadline until somebody can.',
  data: Type.Object(
    {
      leadId,
      ownerId,
      rotationId,
      ...passedOverFields,
      notice,
      why,
      at,
    },
    closed,
  ),
  tags: (data) => [leadTag(data.leadId)],
  key,
  sample: {
    leadId: sampleLeadId,
    ownerId: ann,
    rotationId: sampleRotationId,
    passedOver: [],
    notice: 'nobody-eligible',
    why: { step: 'missed', reason: 'nobody-eligible' },
    at: '2026-01-05T09:15:00.130Z',
  },
});

export const ReassignmentsExhausted = defineEvent({
  type: 'ReassignmentsExhausted',
  version: 1,
  about: 'There is nobody left to whom the lead could go, or it has gone from one to the next often enough.',
  data: Type.Object(
    {
      leadId,
      ownerId: Type.Optional(ownerId),
      rotationId,
      startsOver: Type.Optional(
        Type.Literal(true, { description: 'all but the present owner count as not having had it' }),
      ),
      ...optionalPassedOver,
      notice,
      why,
      at,
    },
    closed,
  ),
  tags: (data) => [leadTag(data.leadId)],
  key,
  sample: {
    leadId: sampleLeadId,
    ownerId: ann,
    rotationId: sampleRotationId,
    startsOver: true,
    notice: 'exhausted',
    why: { step: 'missed', reason: 'exhausted' },
    at: '2026-01-05T09:15:00.130Z',
  },
});

export const TurnRefunded = defineEvent({
  type: 'TurnRefunded',
  version: 1,
  about: 'A lead was taken away, and its turn counts no more against the caps of the one who had it.',
  data: Type.Object(
    { leadId, rotationId, userId, turnAt: instant('when the turn was that is given back'), at },
    closed,
  ),
  tags: (data) => [leadTag(data.leadId), rotationTag(data.rotationId), ownershipTag],
  key,
  sample: {
    leadId: sampleLeadId,
    rotationId: sampleRotationId,
    userId: ann,
    turnAt: '2026-01-05T09:00:00.130Z',
    at: '2026-01-05T09:15:00.130Z',
  },
});
