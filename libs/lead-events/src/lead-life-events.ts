import { Type } from 'typebox';
import { defineEvent } from './define-event.ts';
import { at, contactIds, leadId, ownerId, rotationId } from './fields.ts';
import { notice } from './notice.ts';
import { ann, sampleLead, sampleRotationId } from './sample-lead.ts';
import { leadAndContactTags, leadTag, ownerChangeTags } from './tags.ts';

const closed = { additionalProperties: false } as const;
const key = (data: { leadId: string }) => data.leadId;
const when = '2026-01-05T09:20:00.000Z';

export const LeadDeclined = defineEvent({
  type: 'LeadDeclined',
  version: 1,
  about: 'The owner does not want the lead; who gets it instead is the event after this one.',
  data: Type.Object({ leadId, ownerId, rotationId, at }, closed),
  tags: (data) => [leadTag(data.leadId)],
  key,
  sample: { leadId: sampleLead.leadId, ownerId: ann, rotationId: sampleRotationId, at: when },
});

export const LeadRerouted = defineEvent({
  type: 'LeadRerouted',
  version: 1,
  about: 'A lead without an owner goes through the rules again, as if nobody had had or declined it.',
  data: Type.Object({ leadId, contactIds, at }, closed),
  tags: leadAndContactTags,
  key,
  sample: { ...sampleLead, at: when },
});

const closing = <const Name extends string>(type: Name, about: string) =>
  defineEvent({
    type,
    version: 1,
    about,
    data: Type.Object(
      {
        leadId,
        contactIds,
        ownerId: Type.Optional(ownerId),
        rotationId: Type.Optional(rotationId),
        segment: Type.Optional(
          Type.String({
            description: 'by which a predictive rotation learns from it; a UUIDv5 where it says something of a person',
          }),
        ),
        source: Type.String(),
        at,
      },
      closed,
    ),
    tags: ownerChangeTags,
    key,
    sample: {
      ...sampleLead,
      ownerId: ann,
      rotationId: sampleRotationId,
      segment: '["facebook"]',
      source: 'facebook',
      at: when,
    },
  });

export const LeadWon = closing('LeadWon', 'The lead has bought: it is closed.');
export const LeadLost = closing('LeadLost', 'The lead will not buy: it is closed.');

export const LeadStatusChanged = defineEvent({
  type: 'LeadStatusChanged',
  version: 1,
  about: 'A lead has moved to another step of the pipeline.',
  data: Type.Object({ leadId, status: Type.String({ minLength: 1 }), at }, closed),
  tags: (data) => [leadTag(data.leadId)],
  key,
  sample: { leadId: sampleLead.leadId, status: 'contacted', at: when },
});

export const OwnerFoundInactive = defineEvent({
  type: 'OwnerFoundInactive',
  version: 1,
  about: 'An open lead has an owner who was deactivated, and stays with them until a person gives it on.',
  data: Type.Object({ leadId, ownerId, notice, at }, closed),
  tags: (data) => [leadTag(data.leadId)],
  key,
  sample: { leadId: sampleLead.leadId, ownerId: ann, notice: 'owner-inactive', at: when },
});
