import type { EventLog } from '@lead-rotator/event-log';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import { configurationTag, type EventOfType } from '@lead-rotator/lead-events';
import { EVENT_LOG, Settings } from '@lead-rotator/service-host';
import { Inject, Injectable } from '@nestjs/common';

/** The country of phone numbers without an international prefix. */
@Injectable()
export class OrganizationCountry {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly settings: Settings,
  ) {}

  /**
   * What these leads have to be read with. The log is asked only if one of them has a phone number that needs a
   * country, so that a change counts at once and the others cost nothing.
   */
  async forLeads(organizationId: OrganizationId, leads: readonly unknown[]): Promise<string | undefined> {
    if (!leads.some(needsCountry)) return undefined;
    const types = ['OrganizationSettingsChanged'];
    const events = await this.log.readByTags({ organizationId, tags: [configurationTag], types });
    const settings = events.map(({ data }) => data as EventOfType<'OrganizationSettingsChanged'>['data']);
    return settings.findLast(({ country }) => country !== undefined)?.country ?? this.settings.defaultCountry;
  }
}

function needsCountry(lead: unknown): boolean {
  if (typeof lead !== 'object' || lead === null || !('phone' in lead)) return false;
  return typeof lead.phone === 'string' && !lead.phone.trimStart().startsWith('+');
}
