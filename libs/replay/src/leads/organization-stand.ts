import type { Scene } from '@lead-rotator/claim';
import type { LeadId, RecordedLeadEvent } from '@lead-rotator/lead-events';
import { Distribution, evolveDistribution } from '@lead-rotator/rotation';
import { LeadBook, type Recall } from './lead-book.ts';

/** Users, rotations and leads of an organization as they stand at a position of the log. */
export class OrganizationStand {
  readonly distribution = new Distribution();
  readonly leads: LeadBook;

  constructor(recall?: Recall, leadsInMemory?: number) {
    this.leads = new LeadBook(recall, leadsInMemory);
  }

  /** Takes in an event behind all before it, and reads again what was let go of its lead. */
  async evolve(event: RecordedLeadEvent): Promise<void> {
    await this.#ready(event);
    this.leads.evolve(event);
    evolveDistribution(this.distribution, event);
  }

  /** What a decision about a lead has looked at before an event; undefined if the lead was never captured. */
  async sceneBefore(event: RecordedLeadEvent): Promise<Scene | undefined> {
    await this.#ready(event);
    const { leadId } = event.data as { leadId?: LeadId };
    const lead = leadId === undefined ? undefined : this.leads.get(leadId);
    if (lead === undefined) return undefined;
    return { distribution: this.distribution, lead, related: this.leads.relatedTo(lead) };
  }

  async #ready({ type, data, position }: RecordedLeadEvent): Promise<void> {
    if (type === 'LeadCaptured' || !('leadId' in data) || data.leadId === undefined) return;
    if (!this.leads.has(data.leadId)) await this.leads.load(data.leadId, position - 1);
  }
}
