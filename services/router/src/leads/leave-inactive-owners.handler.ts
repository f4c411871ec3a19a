import { leaveDeactivatedOwner } from '@lead-rotator/claim';
import type { LeadCommand, Projection } from '@lead-rotator/command-handling';
import { isRejected, type OrganizationId, type Position } from '@lead-rotator/event-sourcing';
import type { LeadId, UserId } from '@lead-rotator/lead-events';
import type { TableProjector } from '@lead-rotator/read-models';
import type { Distribution } from '@lead-rotator/rotation';
import type { DecideLeads } from '../decisions/decide-leads.handler.ts';
import type { OwnedLead } from '../owned-leads/owned-lead.entity.ts';
import type { OwnedLeads } from '../owned-leads/owned-leads.read-model.ts';

const pageSize = 500;
/** Longest wait for the table, in milliseconds. */
const longestWait = 5_000;

/** What a deactivation asks for is not done yet, since the table is behind the log: to be tried again. */
export class StillLeaving extends Error {
  override readonly name = 'StillLeaving';
  readonly canRetry = true;
}

/**
 * Finds the leads of users who were deactivated: an unclaimed one that came by a turn goes to the next of its rotation,
 * about another open one a notice is raised. Found by the table of owned leads, decided from the log.
 */
export class LeaveInactiveOwners {
  #raisedAt: Position = 0;

  constructor(
    private readonly projection: Projection<Distribution>,
    private readonly ownedLeads: Pick<OwnedLeads, 'leftBehind'>,
    private readonly decideLeads: DecideLeads,
    private readonly tables: Pick<TableProjector, 'position' | 'catchUp'>,
  ) {}

  /** One page of each organization; what is left over comes with the next call. */
  async leave(): Promise<void> {
    for (const organizationId of this.projection.organizations()) {
      const distribution = this.projection.stateOf(organizationId);
      const inactive = distribution.roster.filter((userId) => !distribution.isActive(userId));
      if (inactive.length === 0) continue;
      // A notice that the table does not show yet would be raised twice.
      if ((await this.tables.position()) < this.#raisedAt) return;
      const leads = await this.ownedLeads.leftBehind(organizationId, inactive, pageSize);
      if (leads.length > 0) await this.#leave(organizationId, leads);
    }
  }

  /**
   * All that the deactivation of one user asks for, to be called before they are active again: nobody sees it then.
   * @throws StillLeaving, LogUnavailable
   */
  async leaveAllOf(organizationId: OrganizationId, userId: UserId): Promise<void> {
    for (let changed = true; changed; ) {
      const readTo = await this.projection.catchUp();
      const distribution = this.projection.stateOf(organizationId);
      if (distribution.users.get(userId)?.active !== false) return;
      await this.tables.catchUp(longestWait);
      if ((await this.tables.position()) < readTo) throw new StillLeaving(`the leads of ${userId} are not left yet`);
      changed = await this.#leave(organizationId, await this.ownedLeads.leftBehind(organizationId, [userId], pageSize));
    }
  }

  /** Whether anything came of it. */
  async #leave(organizationId: OrganizationId, leads: readonly OwnedLead[]): Promise<boolean> {
    const outcomes = await this.decideLeads.decide(leads.map((lead) => leaving(organizationId, lead)));
    const raisedAt = outcomes.map((outcome) => (isRejected(outcome) ? 0 : (outcome.at(-1)?.position ?? 0)));
    this.#raisedAt = Math.max(this.#raisedAt, ...raisedAt);
    return raisedAt.some((position) => position > 0);
  }
}

/** The cause is the event by which the one who is inactive now got the lead. */
const leaving = (organizationId: OrganizationId, { leadId, sincePosition }: OwnedLead): LeadCommand => ({
  context: { organizationId, actor: 'service:router', cause: `event:${sincePosition}` },
  leadId: leadId as LeadId,
  decide: leaveDeactivatedOwner,
});
