import { evolveLeads, type LeadState, tagsToLoad } from '@lead-rotator/claim';
import type { EventLog } from '@lead-rotator/event-log';
import type { EpochMilliseconds, OrganizationId, Position, RecordedEvent, Tag } from '@lead-rotator/event-sourcing';
import {
  type ContactId,
  contactTag,
  type LeadId,
  type LeadRotatorEvent,
  leadTag,
  readEvent,
} from '@lead-rotator/lead-events';
import type { LeadCommand } from './command.ts';
import { TagBounds } from './tag-bounds.ts';

/** The leads that commands are about and those they look at besides, as they stood at one position of the log. */
export class LoadedLeads {
  /** The log was read up to here. */
  readonly readTo: Position;
  /** Time of the newest event of theirs. */
  readonly newestAt: EpochMilliseconds;
  readonly #leads = new Map<LeadId, LeadState>();
  readonly #byContact = new Map<ContactId, Set<LeadId>>();
  /** What the leads came with, where they came with a trace. */
  readonly #traces = new Map<LeadId, string>();
  /** Leads of which something was read, and not their capture. */
  readonly #unheardOf = new Set<LeadId>();

  private constructor(readTo: Position, newestAt: EpochMilliseconds) {
    this.readTo = readTo;
    this.newestAt = newestAt;
  }

  /**
   * Reads by tag, as a rule once for all commands. Again only for what the first read has brought up: contacts that
   * the caller did not know, and leads that follow one another. An event may be found before the capture of its lead
   * is, as that of a follower by the tag of the lead it follows: so after a further read, all is folded anew in order.
   */
  static async load(
    log: EventLog,
    organizationId: OrganizationId,
    commands: readonly LeadCommand[],
    readTo: Position,
  ): Promise<LoadedLeads> {
    const known = commands.flatMap((command) => command.known ?? []);
    const knownAt = new Map(known.map((event) => [event.position, event]));
    const bounds = new TagBounds(known);
    const open = commands.some((command) => command.known === undefined);
    const seenTags = new Set<Tag>();
    const found = new Map<Position, RecordedEvent>();
    let loaded = new LoadedLeads(readTo, 0);
    let tags = commands.flatMap(({ leadId, contactIds }) => [leadTag(leadId), ...(contactIds ?? []).map(contactTag)]);
    while (tags.length > 0) {
      for (const tag of tags) seenTags.add(tag);
      const selection = { organizationId, tags: [...new Set(tags)], until: readTo, open, known };
      for (const recorded of await bounds.read(log, selection)) {
        found.set(recorded.position, knownAt.get(recorded.position) ?? recorded);
      }
      loaded = LoadedLeads.#fold(readTo, found);
      const contacts = commands.flatMap(({ leadId }) => loaded.#leads.get(leadId)?.contactIds ?? []);
      const others = [...loaded.#unheardOf].map(leadTag);
      tags = [...contacts.map(contactTag), ...others, ...tagsToLoad(loaded.#leads)].filter((tag) => !seenTags.has(tag));
    }
    return loaded;
  }

  static #fold(readTo: Position, found: ReadonlyMap<Position, RecordedEvent>): LoadedLeads {
    let newestAt: EpochMilliseconds = 0;
    for (const { at } of found.values()) if (at > newestAt) newestAt = at;
    const loaded = new LoadedLeads(readTo, newestAt);
    for (const position of [...found.keys()].sort((one, other) => one - other)) {
      const event = readEvent(found.get(position) as RecordedEvent);
      loaded.evolve(event);
      const { type, data, traceparent } = event;
      if (type === 'LeadCaptured' && traceparent !== undefined) loaded.#traces.set(data.leadId, traceparent);
    }
    return loaded;
  }

  get(leadId: LeadId): LeadState | undefined {
    return this.#leads.get(leadId);
  }

  /** The W3C `traceparent` that the lead of an event came with. */
  traceOf({ data }: LeadRotatorEvent): string | undefined {
    return 'leadId' in data && data.leadId !== undefined ? this.#traces.get(data.leadId) : undefined;
  }

  /** Takes in an event that was decided on a trial basis, so that the next decision of the batch builds on it. */
  evolve(event: LeadRotatorEvent): void {
    evolveLeads(this.#leads, event);
    if (event.type !== 'LeadCaptured') {
      const leadId = 'leadId' in event.data ? event.data.leadId : undefined;
      if (leadId !== undefined && !this.#leads.has(leadId)) this.#unheardOf.add(leadId);
      return;
    }
    for (const contactId of event.data.contactIds) {
      const leads = this.#byContact.get(contactId);
      if (leads === undefined) this.#byContact.set(contactId, new Set([event.data.leadId]));
      else leads.add(event.data.leadId);
    }
  }

  /** The other leads that share a contact with this one, and those that these follow or that follow them, in order of capture. */
  relatedTo(lead: LeadState): LeadState[] {
    const group = new Set<LeadId>([lead.facts.leadId]);
    for (const contactId of lead.contactIds) {
      for (const leadId of this.#byContact.get(contactId) ?? []) group.add(leadId);
    }
    if (group.size === 1 && lead.follows === undefined) return [];
    for (const leadId of [...group]) {
      const followed = this.#leads.get(leadId)?.follows;
      if (followed !== undefined) group.add(followed);
    }
    return [...this.#leads.values()].filter(
      (one) => one !== lead && (group.has(one.facts.leadId) || (one.follows !== undefined && group.has(one.follows))),
    );
  }
}
