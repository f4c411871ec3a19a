import { randomUUID } from 'node:crypto';
import { type Actor, defaultOrganization, type EventContext, type OrganizationId } from '@lead-rotator/event-sourcing';
import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { type Fault, InvalidRequest } from './invalid-request.ts';
import { readTraceparent } from './trace-context.ts';

type RequestHeaders = Readonly<Record<string, string | undefined>>;

/**
 * Who asks, for which organization, and what the events that come of it answer. A request that names no user in
 * `X-Actor` is that of the API itself (`service:api`).
 * @throws InvalidRequest when a header cannot be used; the path of the fault is the header's name.
 */
export function requestContext(headers: RequestHeaders): EventContext {
  const { organization, 'x-actor': user, 'x-request-id': requestId, traceparent } = headers;
  const faults: Fault[] = [];
  if (organization !== undefined && !/^[\w.-]{1,100}$/.test(organization)) {
    faults.push({ path: 'organization', message: 'must be 1 to 100 letters, digits, dots, dashes or underscores' });
  }
  if (user !== undefined && !/^[\x21-\x7e]{1,200}$/.test(user)) {
    faults.push({ path: 'x-actor', message: 'must be the id of a user, 1 to 200 ASCII characters without a space' });
  }
  if (faults.length > 0) throw new InvalidRequest(faults);
  const id = requestId !== undefined && /^[\w.:-]{1,100}$/.test(requestId) ? requestId : randomUUID();
  const actor: Actor = user === undefined ? 'service:api' : `user:${user}`;
  const trace = readTraceparent(traceparent);
  return {
    organizationId: (organization as OrganizationId | undefined) ?? defaultOrganization,
    actor,
    cause: `request:${id}`,
    ...(trace === undefined ? {} : { traceparent: trace }),
  };
}

/** The parameter of a controller's method that takes the context of the request. */
export const RequestContext = createParamDecorator((_: unknown, context: ExecutionContext) =>
  requestContext(context.switchToHttp().getRequest<{ headers: RequestHeaders }>().headers),
);

/** The headers that `requestContext` reads, for the API's page. */
export const DescribeRequestContext = (): ClassDecorator & MethodDecorator =>
  applyDecorators(
    ApiHeader({ name: 'X-Actor', required: false, description: 'id of the user who asks; absent: the API itself' }),
    ApiHeader({ name: 'organization', required: false, description: 'whose data; `default` if absent' }),
    ApiHeader({ name: 'traceparent', required: false, description: 'W3C Trace Context, kept with the events' }),
  );
