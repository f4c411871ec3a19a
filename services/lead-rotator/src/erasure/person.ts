import type { ContactDirectory, EventLog } from '@lead-rotator/event-log';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import {
  type ContactId,
  contactTag,
  type EventOfType,
  type LeadId,
  leadTag,
  readEvent,
} from '@lead-rotator/lead-events';
import type { Whom } from './whom.ts';

type LeadCaptured = EventOfType<'LeadCaptured'>['data'];

/** What erasing a person takes away. */
export interface Person {
  /**
   * All that the person's leads name: the keys of these are destroyed, in this order. The one by which they were found
   * comes last, so that they are found by it until all is done.
   */
  readonly contactIds: readonly ContactId[];
  /** Leads whose personal data becomes unreadable, in order of capture. */
  readonly leadIds: readonly LeadId[];
  /** Leads that name one of the contacts too, and that are sealed for another one: these stay readable. */
  readonly sharing: readonly LeadId[];
}

/**
 * The contacts of all leads that name the email address or phone number, or of the one lead. One step and no further: a
 * number that a whole office shares would take the office with it.
 * @returns undefined when nobody is known by that.
 * @throws LogUnavailable
 */
export async function findPerson(
  log: EventLog,
  contacts: ContactDirectory,
  organizationId: OrganizationId,
  whom: Whom,
): Promise<Person | undefined> {
  const captured = async (tags: Parameters<EventLog['readByTags']>[0]['tags']) => {
    const events = await log.readByTags({ organizationId, tags, types: ['LeadCaptured'] });
    return events.map((event) => readEvent(event).data as LeadCaptured);
  };
  const contactId = 'leadId' in whom ? undefined : await contacts.find(organizationId, whom);
  if (!('leadId' in whom) && contactId === undefined) return undefined;
  const own = await captured(['leadId' in whom ? leadTag(whom.leadId) : contactTag(contactId as ContactId)]);
  const named = own.flatMap(({ contactIds }) => contactIds);
  const others = new Set(named.filter((id) => id !== contactId));
  const contactIds = contactId === undefined ? [...others] : [...others, contactId];
  if (contactIds.length === 0) return undefined;
  const leads = await captured(contactIds.map(contactTag));
  const isErased = ({ contactIds: [sealedFor] }: LeadCaptured) =>
    sealedFor !== undefined && contactIds.includes(sealedFor);
  const { erased = [], sharing = [] } = Object.groupBy(leads, (lead) => (isErased(lead) ? 'erased' : 'sharing'));
  const ids = (of: readonly LeadCaptured[]) => of.map(({ leadId }) => leadId);
  return { contactIds, leadIds: ids(erased), sharing: ids(sharing) };
}
