import type { OrganizationId } from '@lead-rotator/event-sourcing';
import type { LeadId } from '@lead-rotator/lead-events';
import { v5 } from 'uuid';

/** The UUIDv5 of `lead-rotator.dev` in the DNS namespace of RFC 9562. */
export const leadNamespace = '1f51dbbf-7c65-5b36-a2c5-bc93d76512e5';

const namespaces = new Map<string, string>();

/**
 * The id of a lead: `uuid5(uuid5(uuid5(namespace, organization), source), id)`, all texts as UTF-8, taken exactly as they
 * are. In steps, so that no two triples are written alike, and anybody's UUID library computes the same.
 */
export function leadIdOf(organizationId: OrganizationId, source: string, sourceLeadId: string): LeadId {
  return v5(sourceLeadId, sourceNamespace(organizationId, source)) as LeadId;
}

/** Sources are few and leads are many: what does not depend on the lead is computed once. */
function sourceNamespace(organizationId: OrganizationId, source: string): string {
  const key = JSON.stringify([organizationId, source]);
  let namespace = namespaces.get(key);
  if (namespace === undefined) {
    namespace = v5(source, v5(organizationId, leadNamespace));
    if (namespaces.size >= 10_000) namespaces.clear();
    namespaces.set(key, namespace);
  }
  return namespace;
}
