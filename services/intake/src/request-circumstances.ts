import { randomUUID } from 'node:crypto';
import { type Cause, defaultOrganization, type OrganizationId } from '@lead-rotator/event-sourcing';
import { type Fault, InvalidRequest, readTraceparent } from '@lead-rotator/service-host';

/** What the headers of a request say about what it carries. */
export interface Circumstances {
  readonly organizationId: OrganizationId;
  readonly idempotencyKey: string | undefined;
  readonly traceparent: string | undefined;
  readonly cause: Cause;
}

type Headers = Readonly<Record<string, string | undefined>>;

/** @throws InvalidRequest when a header cannot be used; the path of the fault is the header's name. */
export function circumstancesOf(headers: Headers): Circumstances {
  const { organization, 'idempotency-key': idempotencyKey, 'x-request-id': requestId, traceparent } = headers;
  const faults: Fault[] = [];
  if (organization !== undefined && !isOrganizationId(organization)) {
    faults.push({ path: 'organization', message: 'must be 1 to 100 letters, digits, dots, dashes or underscores' });
  }
  if (idempotencyKey !== undefined && !/^[\x20-\x7e]{1,150}$/.test(idempotencyKey)) {
    faults.push({ path: 'idempotency-key', message: 'must be 1 to 150 ASCII characters' });
  }
  if (faults.length > 0) throw new InvalidRequest(faults);
  const cause = requestId !== undefined && /^[\w.:-]{1,100}$/.test(requestId) ? requestId : randomUUID();
  return {
    organizationId: (organization as OrganizationId | undefined) ?? defaultOrganization,
    idempotencyKey,
    traceparent: readTraceparent(traceparent),
    cause: `request:${cause}`,
  };
}

export function isOrganizationId(text: string): boolean {
  return /^[\w.-]{1,100}$/.test(text);
}
