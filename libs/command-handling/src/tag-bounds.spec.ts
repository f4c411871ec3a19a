import { describe, expect, it } from '@jest/globals';
import { contactIdMadeAt, type EventLog, type TagSelection } from '@lead-rotator/event-log';
import { defaultOrganization, type RecordedEvent } from '@lead-rotator/event-sourcing';
import { type ContactId, contactTag, type LeadId, leadTag } from '@lead-rotator/lead-events';
import { TagBounds } from './tag-bounds.ts';

const random = '5f1c6c3e-2a70-4d0b-9c41-8f6f2f1f9b11';
const oldContact = random as ContactId;
const newLead = 'l-1' as LeadId;
const end = 100_000_000;

describe('looking for leads and contacts by tag', () => {
  /** What the log is asked for. */
  async function asked(bounds: TagBounds, tags: TagSelection['tags'], until = end) {
    const selections: Pick<TagSelection, 'tags' | 'after'>[] = [];
    const log = {
      readByTags: async ({ tags: wanted, after }: TagSelection) => {
        selections.push({ tags: wanted, after: after ?? 0 });
        return [];
      },
    };
    await bounds.read(log as unknown as EventLog, { organizationId: defaultOrganization, tags, until });
    return selections;
  }

  const capturedAt = (position: number) =>
    ({ type: 'LeadCaptured', data: { leadId: newLead }, position }) as unknown as RecordedEvent;

  it('begins where the lead was captured and its new contact was made', async () => {
    const bounds = new TagBounds([capturedAt(end - 4)]);
    const contacts = [contactTag(contactIdMadeAt(end - 9, random))];
    expect(await asked(bounds, [leadTag(newLead), ...contacts])).toEqual([
      { tags: [leadTag(newLead), ...contacts], after: end - 9 },
    ]);
  });

  it('goes far back for those alone that began there, or do not say where', async () => {
    const bounds = new TagBounds([capturedAt(end)]);
    const made = contactIdMadeAt(3_000, random);
    const contacts = [oldContact, made].map(contactTag);
    const unknown = leadTag('l-2' as LeadId);
    expect(await asked(bounds, [leadTag(newLead), unknown, ...contacts])).toEqual([
      { tags: [leadTag(newLead)], after: end - 1 },
      { tags: [unknown, contactTag(oldContact), contactTag(made)], after: 0 },
    ]);
  });

  it('asks once in a short log', async () => {
    const bounds = new TagBounds([capturedAt(20)]);
    expect(await asked(bounds, [leadTag(newLead), contactTag(oldContact)], 20)).toEqual([
      { tags: [leadTag(newLead), contactTag(oldContact)], after: 0 },
    ]);
    expect(await asked(bounds, [])).toEqual([]);
  });
});
