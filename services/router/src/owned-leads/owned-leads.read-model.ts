import type { OrganizationId } from '@lead-rotator/event-sourcing';
import type { UserId } from '@lead-rotator/lead-events';
import { type FindOptionsWhere, In, IsNull, LessThan, type Repository } from 'typeorm';
import type { OwnedLead } from './owned-lead.entity.ts';

/** How a lead stands with its owner; the first two are open. */
export const leadStates = ['assigned', 'claimed', 'won', 'lost'] as const;
export type LeadStateName = (typeof leadStates)[number];

const whereState = {
  assigned: { outcome: IsNull(), claimed: false },
  claimed: { outcome: IsNull(), claimed: true },
  won: { outcome: 'won' as const },
  lost: { outcome: 'lost' as const },
} satisfies Record<LeadStateName, FindOptionsWhere<OwnedLead>>;

/** What users own, as the table says: it may be a little behind the log. */
export class OwnedLeads {
  constructor(private readonly rows: Repository<OwnedLead>) {}

  /** A page of a user's leads in some of the states, the newest first: those they got before a position. */
  ofUser(
    organizationId: OrganizationId,
    ownerId: UserId,
    states: readonly LeadStateName[],
    before: number,
    limit: number,
  ): Promise<OwnedLead[]> {
    return this.rows.find({
      where: states.map((state) => ({
        organizationId,
        ownerId,
        sincePosition: LessThan(before),
        ...whereState[state],
      })),
      order: { sincePosition: 'desc' },
      take: limit,
    });
  }

  /** Open leads of these users about which nothing has been done since they are inactive, the oldest first. */
  leftBehind(organizationId: OrganizationId, ownerIds: readonly UserId[], limit: number): Promise<OwnedLead[]> {
    return this.rows.find({
      where: { organizationId, ownerId: In(ownerIds), outcome: IsNull(), ownerFoundInactive: false },
      order: { sincePosition: 'asc' },
      take: limit,
    });
  }
}
