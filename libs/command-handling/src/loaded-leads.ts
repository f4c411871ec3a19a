import { evolveLeads, type LeadState, tagsToLoad } from '@lead-rotator/claim';
import type { EventLog } from '@lead-rotator/event-log';
import type { OrganizationId, Position, RecordedEvent, Tag } from '@lead-rotator/event-sourcing';
import {
  type ContactId,
  contactTag,
  type LeadId,
  type LeadRotatorEvent,
  leadTag,
  readEvent,
} from '@lead-rotator/lead-events';
import type { LeadCommand } from './command.ts';

/** The leads that commands are about and those they look at besides, as they stood at one position of the log. */
export class LoadedLeads {
  /** The log was read up to here. */
  readonly readTo: Position;
  readonly #leads = new Map<LeadId, LeadState>();
  readonly #byContact = new Map<ContactId, Set<LeadId>>();

  private constructor(readTo: Position) {
    this.readTo = readTo;
  }

  /**
   * Reads by tag, as a rule once for all commands. Again only for what the first read has brought up: contacts that
   * the caller did not know, and leads that follow one another.
   */
  static async load(
    log: EventLog,
    organizationId: OrganizationId,
    commands: readonly LeadCommand[],
    readTo: Position,
  ): Promise<LoadedLeads> {
    const loaded = new LoadedLeads(readTo);
    const known = new Map<Position, RecordedEvent>();
    for (const command of commands) for (const event of command.known ?? []) known.set(event.position, event);
    const open = commands.some((command) => command.known === undefined);
    const seenTags = new Set<Tag>();
    const seenEvents = new Set<Position>();
    let tags = commands.flatMap(({ leadId, contactIds }) => [leadTag(leadId), ...(contactIds ?? []).map(contactTag)]);
    while (tags.length > 0) {
      for (const tag of tags) seenTags.add(tag);
      const selection = { organizationId, tags: [...new Set(tags)], until: readTo, open };
      const events = await log.readByTags({ ...selection, known: [...known.values()] });
      for (const recorded of events) {
        if (seenEvents.has(recorded.position)) continue;
        seenEvents.add(recorded.position);
        loaded.evolve(readEvent(known.get(recorded.position) ?? recorded));
      }
      const contacts = commands.flatMap(({ leadId }) => loaded.#leads.get(leadId)?.contactIds ?? []);
      tags = [...contacts.map(contactTag), ...tagsToLoad(loaded.#leads)].filter((tag) => !seenTags.has(tag));
    }
    return loaded;
  }

  get(leadId: LeadId): LeadState | undefined {
    return this.#leads.get(leadId);
  }

  /** Takes in an event that was decided on a trial basis, so that the next decision of the batch builds on it. */
  evolve(event: LeadRotatorEvent): void {
    evolveLeads(this.#leads, event);
    if (event.type !== 'LeadCaptured') return;
    for (const contactId of event.data.contactIds) {
      const leads = this.#byContact.get(contactId);
      if (leads === undefined) this.#byContact.set(contactId, new Set([event.data.leadId]));
      else leads.add(event.data.leadId);
    }
  }

  /** The other leads that share a contact with this one, or follow those, in order of capture. */
  relatedTo(lead: LeadState): LeadState[] {
    const others = new Set<LeadId>();
    for (const contactId of lead.contactIds) {
      for (const leadId of this.#byContact.get(contactId) ?? []) others.add(leadId);
    }
    others.delete(lead.facts.leadId);
    if (others.size === 0 && lead.follows === undefined) return [];
    return [...this.#leads.values()].filter(
      ({ facts, follows }) =>
        others.has(facts.leadId) || facts.leadId === lead.follows || follows === lead.facts.leadId,
    );
  }
}
