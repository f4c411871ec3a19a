import { randomUUID } from 'node:crypto';
import type { EventContext } from '@lead-rotator/event-sourcing';
import { applyDecorators, createParamDecorator, type ExecutionContext, HttpStatus } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiResponse } from '@nestjs/swagger';
import type { CalledRequest } from './access/access.guard.ts';
import { actorOf, type Caller } from './access/caller.ts';
import { InvalidRequest } from './invalid-request.ts';
import { readTraceparent } from './trace-context.ts';

type RequestHeaders = Readonly<Record<string, string | undefined>>;

/**
 * Who asks, for which organization, and what the events that come of it answer. A request with an admin key that names
 * no user in `X-Actor` is that of the API itself (`service:api`).
 * @throws InvalidRequest when a header cannot be used; the path of the fault is the header's name.
 */
export function requestContext(headers: RequestHeaders, caller: Caller): EventContext {
  const { 'x-actor': user, 'x-request-id': requestId, traceparent } = headers;
  if (user !== undefined && !/^[\x21-\x7e]{1,200}$/.test(user)) {
    const message = 'must be the id of a user, 1 to 200 ASCII characters without a space';
    throw new InvalidRequest([{ path: '/x-actor', message }]);
  }
  const id = requestId !== undefined && /^[\w.:-]{1,100}$/.test(requestId) ? requestId : randomUUID();
  const trace = readTraceparent(traceparent);
  return {
    organizationId: caller.organizationId,
    actor: actorOf(caller, user),
    cause: `request:${id}`,
    ...(trace === undefined ? {} : { traceparent: trace }),
  };
}

/** The parameter of a controller's method that takes the context of the request. */
export const RequestContext = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { headers, caller } = context.switchToHttp().getRequest<CalledRequest>();
  if (caller === undefined) throw new Error('nobody was asked for a key');
  return requestContext(headers, caller);
});

/** What a request says, with the user who asks in the place of `by` if it names nobody. */
export function byWhoAsks(body: unknown, { actor }: EventContext): unknown {
  const isOpen = typeof body === 'object' && body !== null && !Array.isArray(body) && !('by' in body);
  return actor.startsWith('user:') && isOpen ? { ...body, by: actor.slice('user:'.length) } : body;
}

/** What `requestContext` reads, for the API's page. */
export const DescribeRequestContext = (): ClassDecorator & MethodDecorator =>
  applyDecorators(
    ApiBearerAuth(),
    ApiHeader({
      name: 'X-Actor',
      required: false,
      description: 'with an admin key: id of the user for whom it speaks, with their rights; absent: the API itself',
    }),
    ApiHeader({ name: 'traceparent', required: false, description: 'W3C Trace Context, kept with the events' }),
    ApiResponse({ status: HttpStatus.UNAUTHORIZED, description: 'no key, or one that is not known' }),
    ApiResponse({ status: HttpStatus.FORBIDDEN, description: 'not-allowed, with what would be needed' }),
  );
