import type { ContactId, LeadId, LeadRotatorEvent } from '@lead-rotator/lead-events';
import { evolveLead, type LeadState } from './lead-state.ts';

/** Leads in memory, and which others a decision about one of them looks at. */
export class LeadIndex {
  /** In the order in which they were taken in. */
  readonly all = new Map<LeadId, LeadState>();
  private readonly byContact = new Map<ContactId, Set<LeadState>>();
  private readonly followers = new Map<LeadId, Set<LeadState>>();
  private readonly orders = new Map<LeadState, number>();
  private taken = 0;

  /**
   * Takes an event in. `order` says where its lead stands among those captured; default: behind those before.
   * Undefined if it is about no lead, or one that is not here.
   */
  evolve(event: LeadRotatorEvent, order?: number): LeadState | undefined {
    if (event.type === 'MemberPaused' || !('leadId' in event.data) || event.data.leadId === undefined) return undefined;
    const before = this.all.get(event.data.leadId);
    const lead = evolveLead(before, event);
    if (lead === undefined) return undefined;
    if (before === undefined) this.add(lead, order);
    if (lead.follows !== undefined) addTo(this.followers, lead.follows, lead);
    return lead;
  }

  /** The other leads that share a contact with it, and those that follow it or that it follows, in order of capture. */
  relatedTo(lead: LeadState): LeadState[] {
    if (this.isAlone(lead)) return [];
    const found = new Set<LeadState>();
    for (const contactId of lead.contactIds) {
      for (const other of this.byContact.get(contactId) ?? []) found.add(other);
    }
    for (const other of [lead, ...found]) {
      if (other.follows === undefined) continue;
      const leader = this.all.get(other.follows);
      if (leader !== undefined) found.add(leader);
    }
    for (const other of [lead, ...found]) {
      for (const follower of this.followers.get(other.facts.leadId) ?? []) found.add(follower);
    }
    found.delete(lead);
    return found.size < 2 ? [...found] : [...found].sort((one, other) => this.orderOf(one) - this.orderOf(other));
  }

  /** Lets a lead go; what happens to it afterwards is passed over. */
  forget(lead: LeadState): void {
    const { leadId } = lead.facts;
    this.all.delete(leadId);
    this.orders.delete(lead);
    for (const contactId of lead.contactIds) removeFrom(this.byContact, contactId, lead);
    // Those that still follow it are to be found when it comes back.
    for (const one of this.followers.get(leadId) ?? []) {
      if (one.follows !== leadId) removeFrom(this.followers, leadId, one);
    }
    if (lead.follows !== undefined) removeFrom(this.followers, lead.follows, lead);
  }

  private add(lead: LeadState, order: number | undefined): void {
    this.all.set(lead.facts.leadId, lead);
    this.taken += 1;
    this.orders.set(lead, order ?? this.taken);
    for (const contactId of lead.contactIds) addTo(this.byContact, contactId, lead);
  }

  /** Nobody shares a contact with it, and it neither follows another lead nor is followed. */
  private isAlone({ facts, follows, contactIds }: LeadState): boolean {
    if (follows !== undefined || this.followers.has(facts.leadId)) return false;
    for (const contactId of contactIds) if ((this.byContact.get(contactId)?.size ?? 0) > 1) return false;
    return true;
  }

  private orderOf(lead: LeadState): number {
    return this.orders.get(lead) ?? 0;
  }
}

function addTo<Key, Value>(sets: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const known = sets.get(key);
  if (known === undefined) sets.set(key, new Set([value]));
  else known.add(value);
}

function removeFrom<Key, Value>(sets: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const known = sets.get(key);
  known?.delete(value);
  if (known?.size === 0) sets.delete(key);
}
