import { randomUUID } from 'node:crypto';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import { readIdempotencyKey } from '@lead-rotator/service-host';
import { v5 } from 'uuid';

/** Any UUID, the same for ever: the ids of repeated requests are computed in it. */
const namespace = '5f0c7a1e-8f2b-5d0e-9a53-0b6f6f1c9d77';

/**
 * The id of what is to be created: the caller's own, else one that the `Idempotency-Key` of the request stands for, else
 * a new one. `repeatable`: what bears it already comes of an earlier try of the same request.
 */
export function idForNew<Id extends string>(
  organizationId: OrganizationId,
  kind: 'user' | 'rotation',
  given: string | undefined,
  key: string | undefined,
): { id: Id; repeatable: boolean } {
  const isRepeatable = readIdempotencyKey(key) !== undefined;
  if (given !== undefined) return { id: given as Id, repeatable: isRepeatable };
  const id = key === undefined ? randomUUID() : v5(`${kind} ${organizationId} ${key}`, namespace);
  return { id: id as Id, repeatable: isRepeatable };
}
