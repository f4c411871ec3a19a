import { OrganizationDirectory } from '@lead-rotator/command-handling';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import { Settings } from '@lead-rotator/service-host';
import { Injectable } from '@nestjs/common';

/** The country of phone numbers without an international prefix. */
@Injectable()
export class OrganizationCountry {
  constructor(
    private readonly organizations: OrganizationDirectory,
    private readonly settings: Settings,
  ) {}

  /**
   * What these leads have to be read with. The log is asked only if one of them has a phone number that needs a
   * country, so that a change counts at once and the others cost nothing.
   */
  async forLeads(organizationId: OrganizationId, leads: readonly unknown[]): Promise<string | undefined> {
    if (!leads.some(needsCountry)) return undefined;
    const { country } = await this.organizations.find(organizationId);
    return country ?? this.settings.defaultCountry;
  }
}

function needsCountry(lead: unknown): boolean {
  if (typeof lead !== 'object' || lead === null || !('phone' in lead)) return false;
  return typeof lead.phone === 'string' && !lead.phone.trimStart().startsWith('+');
}
