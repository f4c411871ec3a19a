import { evolveLead, type LeadState, type Scene } from '@lead-rotator/claim';
import type { ContactId, LeadId, LeadRotatorEvent, UserId } from '@lead-rotator/lead-events';
import { Distribution, evolveDistribution } from '@lead-rotator/rotation';

const moving: ReadonlySet<string> = new Set([
  'LeadAssigned',
  'LeadReassigned',
  'LeadHandedOver',
  'LeadPickedUp',
  'LeadLeftUnassigned',
  'LeadTakenAway',
]);

/** All there is, in memory: what services hold in the log, the projection and the tables. */
export class World {
  readonly distribution = new Distribution();
  /** In order of capture. */
  readonly leads = new Map<LeadId, LeadState>();
  readonly events: LeadRotatorEvent[] = [];
  private readonly byContact = new Map<ContactId, LeadState[]>();
  private readonly followers = new Map<LeadId, LeadState[]>();
  private readonly numbers = new Map<LeadId, number>();
  /** Of each lead, the last event by which it came to somebody or began to wait. */
  private readonly moves = new Map<LeadId, number>();

  append(event: LeadRotatorEvent): void {
    this.events.push(event);
    evolveDistribution(this.distribution, event);
    if (event.type === 'MemberPaused' || !('leadId' in event.data) || event.data.leadId === undefined) return;
    const { leadId } = event.data;
    const before = this.leads.get(leadId);
    const lead = evolveLead(before, event);
    if (lead === undefined) return;
    if (before === undefined) this.remember(lead);
    if (moving.has(event.type)) this.moves.set(leadId, this.events.length);
    if (lead.follows !== undefined) this.remembersFollower(lead.follows, lead);
  }

  lead(leadId: string): LeadState | undefined {
    return this.leads.get(leadId as LeadId);
  }

  /** What a decision about a lead looks at. */
  sceneOf(lead: LeadState): Scene {
    return { distribution: this.distribution, lead, related: this.relatedTo(lead) };
  }

  /** Leads that a user owns, in the order in which they got them. */
  ownedBy(userId: UserId): LeadState[] {
    return [...this.leads.values()]
      .filter((lead) => lead.ownerId === userId && lead.closed === undefined)
      .sort((one, other) => this.movedAt(one) - this.movedAt(other));
  }

  /** Orders leads by when they came to their owner, or into their queue, also if that was at one instant. */
  movedAt(lead: LeadState): number {
    return this.moves.get(lead.facts.leadId) ?? 0;
  }

  private remember(lead: LeadState): void {
    const { leadId } = lead.facts;
    this.numbers.set(leadId, this.leads.size);
    this.leads.set(leadId, lead);
    for (const contactId of lead.contactIds) {
      const known = this.byContact.get(contactId);
      if (known === undefined) this.byContact.set(contactId, [lead]);
      else known.push(lead);
    }
  }

  private remembersFollower(leaderId: LeadId, lead: LeadState): void {
    const known = this.followers.get(leaderId) ?? [];
    if (!known.includes(lead)) this.followers.set(leaderId, [...known, lead]);
  }

  private relatedTo(lead: LeadState): LeadState[] {
    if (this.isAlone(lead)) return [];
    const found = new Set<LeadState>();
    for (const contactId of lead.contactIds) {
      for (const other of this.byContact.get(contactId) ?? []) found.add(other);
    }
    for (const other of [lead, ...found]) {
      if (other.follows === undefined) continue;
      const leader = this.leads.get(other.follows);
      if (leader !== undefined) found.add(leader);
    }
    for (const other of [lead, ...found]) {
      for (const follower of this.followers.get(other.facts.leadId) ?? []) found.add(follower);
    }
    found.delete(lead);
    return found.size < 2 ? [...found] : [...found].sort((one, other) => this.numberOf(one) - this.numberOf(other));
  }

  /** Nobody shares a contact with it, and it neither follows another lead nor is followed. */
  private isAlone({ facts, follows, contactIds }: LeadState): boolean {
    if (follows !== undefined || this.followers.has(facts.leadId)) return false;
    for (const contactId of contactIds) if ((this.byContact.get(contactId)?.length ?? 0) > 1) return false;
    return true;
  }

  private numberOf(lead: LeadState): number {
    return this.numbers.get(lead.facts.leadId) ?? 0;
  }
}
