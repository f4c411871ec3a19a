import type { OrganizationId } from '@lead-rotator/event-sourcing';
import type { LeadId } from '@lead-rotator/lead-events';
import { isGiven } from './accept-lead.ts';
import { leadIdOf } from './lead-id.ts';

/**
 * The id that a lead has if `acceptLead` accepts it; undefined where it names no source and cannot be accepted.
 * @param standIn of the message or request it came by, for a lead without an id of its own
 */
export function leadIdOfInput(organizationId: OrganizationId, input: unknown, standIn: string): LeadId | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const { source, id } = input as Readonly<Record<string, unknown>>;
  if (typeof source !== 'string') return undefined;
  return leadIdOf(organizationId, source, typeof id === 'string' && isGiven(id) ? id : standIn);
}
