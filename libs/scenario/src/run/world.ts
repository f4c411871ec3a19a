import { LeadIndex, type LeadState, type Scene } from '@lead-rotator/claim';
import type { LeadId, LeadRotatorEvent, UserId } from '@lead-rotator/lead-events';
import { Distribution, evolveDistribution } from '@lead-rotator/rotation';

const moving: ReadonlySet<string> = new Set([
  'LeadAssigned',
  'LeadReassigned',
  'LeadHandedOver',
  'LeadPickedUp',
  'LeadLeftUnassigned',
  'LeadTakenAway',
  'LeadOffered',
]);

/** All there is, in memory: what services hold in the log, the projection and the tables. */
export class World {
  readonly distribution = new Distribution();
  readonly events: LeadRotatorEvent[] = [];
  readonly #index = new LeadIndex();
  /** Of each lead, the last event by which it came to somebody, was offered, or began to wait. */
  readonly #moves = new Map<LeadId, number>();

  #appended = 0;

  append(event: LeadRotatorEvent): void {
    this.events.push(event);
    this.takeIn(event);
  }

  /** As `append`, for an event that need not be kept. */
  takeIn(event: LeadRotatorEvent): void {
    this.#appended += 1;
    evolveDistribution(this.distribution, event);
    const lead = this.#index.evolve(event);
    if (lead !== undefined && moving.has(event.type)) this.#moves.set(lead.facts.leadId, this.#appended);
  }

  /** In order of capture. */
  get leads(): ReadonlyMap<LeadId, LeadState> {
    return this.#index.all;
  }

  lead(leadId: string): LeadState | undefined {
    return this.leads.get(leadId as LeadId);
  }

  /** Lets a lead go. */
  forget(lead: LeadState): void {
    this.#moves.delete(lead.facts.leadId);
    this.#index.forget(lead);
  }

  /** What a decision about a lead looks at. */
  sceneOf(lead: LeadState): Scene {
    return { distribution: this.distribution, lead, related: this.#index.relatedTo(lead) };
  }

  /** Leads that a user owns, in the order in which they got them. */
  ownedBy(userId: UserId): LeadState[] {
    return [...this.leads.values()]
      .filter((lead) => lead.ownerId === userId && lead.closed === undefined)
      .sort((one, other) => this.movedAt(one) - this.movedAt(other));
  }

  /** Orders leads by when they came to their owner, or into their queue, also if that was at one instant. */
  movedAt(lead: LeadState): number {
    return this.#moves.get(lead.facts.leadId) ?? 0;
  }
}
