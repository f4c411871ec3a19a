import { LeadIndex, type LeadState } from '@lead-rotator/claim';
import type { Position } from '@lead-rotator/event-sourcing';
import type { ContactId, LeadId, RecordedLeadEvent } from '@lead-rotator/lead-events';
import { isErased } from '../personal-data.ts';
import { Seen } from './seen.ts';

/**
 * Reads again what happened to leads that were let go: all events up to a position that carry the tag of one of these
 * leads or contacts, in order.
 */
export type Recall = (
  leadIds: readonly LeadId[],
  contactIds: readonly ContactId[],
  until: Position,
) => Promise<readonly RecordedLeadEvent[]>;

/** Of leads at rest, so many stay in memory; about 1 KB each. */
export const leadsInMemory = 100_000;

/**
 * The leads of an organization as they stand at a position. Those at rest for the longest are let go and read again
 * when something happens to them or to another lead of the same contact, so that a log of any length fits in memory.
 * Without `recall`, as where there is no index by tags, all stay.
 */
export class LeadBook {
  readonly #index = new LeadIndex();
  /** In the order in which they were last looked at. */
  readonly #recent = new Set<LeadState>();
  readonly #erased = new WeakSet<LeadState>();
  /** Contacts of leads that were let go. */
  readonly #gone = new Seen();
  /** Leads of which a related one was let go. */
  readonly #incomplete = new WeakSet<LeadState>();

  constructor(
    private readonly recall: Recall | undefined,
    private readonly limit: number = leadsInMemory,
  ) {}

  get(leadId: LeadId): LeadState | undefined {
    return this.#index.all.get(leadId);
  }

  /** Those in memory. */
  all(): IterableIterator<LeadState> {
    return this.#index.all.values();
  }

  relatedTo(lead: LeadState): LeadState[] {
    return this.#index.relatedTo(lead);
  }

  /** Whether what a lead says of a person cannot be read any more. */
  isErased(lead: LeadState): boolean {
    return this.#erased.has(lead);
  }

  /** Whether a lead with all that is related to it is here, so that `load` need not be waited for. */
  has(leadId: LeadId): boolean {
    const lead = this.#index.all.get(leadId);
    return lead !== undefined && !this.#incomplete.has(lead);
  }

  /** Brings a lead, and those related to it, to where they stood at a position; nothing happens if it was never captured. */
  async load(leadId: LeadId, until: Position): Promise<void> {
    if (this.recall === undefined) return;
    const known = new Set(this.#index.all.keys());
    const asked = new Set<string>();
    let leadIds: LeadId[] = [leadId];
    let contactIds: ContactId[] = [];
    const found = new Map<Position, RecordedLeadEvent>();
    while (leadIds.length + contactIds.length > 0) {
      for (const id of [...leadIds, ...contactIds]) asked.add(id);
      for (const event of await this.recall(leadIds, contactIds, until)) found.set(event.position, event);
      const own = [...found.values()];
      leadIds = own.flatMap(({ data }) => idsIn(data)).filter((id) => !asked.has(id) && !known.has(id));
      const lead = this.#index.all.get(leadId);
      const contacts = lead?.contactIds ?? own.flatMap(({ data }) => contactsOf(data, leadId));
      contactIds = contacts.filter((id) => !asked.has(id));
    }
    for (const position of [...found.keys()].sort((one, other) => one - other)) {
      const event = found.get(position) as RecordedLeadEvent;
      if (!('leadId' in event.data) || known.has(event.data.leadId as LeadId)) continue;
      this.evolve(event);
    }
    const lead = this.#index.all.get(leadId);
    if (lead !== undefined) this.#incomplete.delete(lead);
  }

  /** Takes in an event behind all before it. */
  evolve(event: RecordedLeadEvent): void {
    const lead = this.#index.evolve(event, event.position);
    if (lead === undefined) return;
    this.#recent.delete(lead);
    this.#recent.add(lead);
    if (event.type !== 'LeadCaptured') return;
    if (isErased(event.data.person)) this.#erased.add(lead);
    if (lead.contactIds.some((contactId) => this.#gone.has(contactId))) this.#incomplete.add(lead);
  }

  /** Lets go of the leads at rest for the longest. To be called between decisions. */
  letGo(): void {
    if (this.recall === undefined) return;
    for (const lead of this.#recent) {
      if (this.#recent.size <= this.limit) return;
      for (const other of this.#index.relatedTo(lead)) this.#incomplete.add(other);
      for (const contactId of lead.contactIds) this.#gone.add(contactId);
      this.#recent.delete(lead);
      this.#index.forget(lead);
    }
  }
}

type Data = RecordedLeadEvent['data'];

/** The lead that an event is about, and the one that it follows. */
function idsIn(data: Data): LeadId[] {
  const ids = 'leadId' in data && data.leadId !== undefined ? [data.leadId] : [];
  const follows = 'why' in data ? data.why.otherLeadId : undefined;
  return follows === undefined ? ids : [...ids, follows];
}

const contactsOf = (data: Data, leadId: LeadId): readonly ContactId[] =>
  'contactIds' in data && data.leadId === leadId ? data.contactIds : [];
