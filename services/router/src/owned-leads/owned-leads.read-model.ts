import type { OrganizationId } from '@lead-rotator/event-sourcing';
import type { LeadId, UserId } from '@lead-rotator/lead-events';
import { In, IsNull, LessThan, type Repository } from 'typeorm';
import type { OwnedLead } from './owned-lead.entity.ts';

/** What users own, as the table says: it may be a little behind the log. */
export class OwnedLeads {
  constructor(private readonly rows: Repository<OwnedLead>) {}

  /** A page of a user's leads, the newest first: those they got before a position. */
  ofUser(organizationId: OrganizationId, ownerId: UserId, before: number, limit: number): Promise<OwnedLead[]> {
    return this.rows.find({
      where: { organizationId, ownerId, sincePosition: LessThan(before) },
      order: { sincePosition: 'desc' },
      take: limit,
    });
  }

  /** Open leads of these users about which nothing has been done since they have become inactive, the oldest first. */
  async leftBehind(organizationId: OrganizationId, ownerIds: readonly UserId[], limit: number): Promise<LeadId[]> {
    const rows = await this.rows.find({
      select: { leadId: true, organizationId: true },
      where: { organizationId, ownerId: In(ownerIds), outcome: IsNull(), ownerFoundInactive: false },
      order: { sincePosition: 'asc' },
      take: limit,
    });
    return rows.map(({ leadId }) => leadId as LeadId);
  }
}
