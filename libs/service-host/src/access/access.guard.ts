import { Rejection } from '@lead-rotator/event-sourcing';
import { type CanActivate, type ExecutionContext, SetMetadata, UnauthorizedException } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { Refused } from '../refused.ts';
import type { ApiKeys } from './api-keys.ts';
import type { Caller } from './caller.ts';

const OPEN = 'lead-rotator:open';
const FOR_SOURCES = 'lead-rotator:for-sources';

/** Asks for no key: what says nothing about anybody. */
export const Open = () => SetMetadata(OPEN, true);

/** Whether a request is for what asks for no key. */
export const isOpen = (reflector: Reflector, context: ExecutionContext): boolean =>
  reflector.getAllAndOverride<boolean>(OPEN, [context.getHandler(), context.getClass()]) === true;

/** Takes the keys of sources too, which can do nothing else. */
export const ForSources = () => SetMetadata(FOR_SOURCES, true);

/** A request as far as it matters who makes it. */
export interface CalledRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  caller?: Caller;
}

/**
 * Lets in who has a key, and nobody else, wherever nothing else is said: a way in that is added needs no thought to be
 * closed. What somebody may do in there is decided with what they want, from the roles of that moment.
 */
export class AccessGuard implements CanActivate {
  constructor(
    private readonly keys: ApiKeys,
    private readonly reflector: Reflector,
  ) {}

  /** @throws UnauthorizedException without a key that is known; Refused as `not-allowed` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http' || isOpen(this.reflector, context)) return true;
    const request = context.switchToHttp().getRequest<CalledRequest>();
    const caller = await this.identify(request.headers.authorization);
    const refusal = refusalOf(caller, request, this.#isForSources(context));
    if (refusal !== undefined) throw new Refused(new Rejection('not-allowed', { key: caller.keyId, needs: refusal }));
    request.caller = caller;
    return true;
  }

  /** @throws UnauthorizedException without a key that is known */
  async identify(authorization: string | undefined): Promise<Caller> {
    const [, key] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? [];
    if (key === undefined) throw new UnauthorizedException('send a key: authorization: Bearer …');
    const caller = await this.keys.find(key);
    if (caller === undefined) throw new UnauthorizedException('this key is not known, or is revoked');
    return caller;
  }

  #isForSources(context: ExecutionContext): boolean {
    return this.reflector.getAllAndOverride<boolean>(FOR_SOURCES, [context.getHandler(), context.getClass()]) === true;
  }
}

/** Why a caller may not ask this at all, as what would be needed. */
function refusalOf(caller: Caller, { headers, body }: CalledRequest, forSources: boolean): string | undefined {
  const { organization = caller.organizationId, 'x-actor': actor } = headers;
  if (organization !== caller.organizationId) return `a key of the organization ${organization}`;
  if (caller.kind === 'source' && !forSources) return 'the key of a user, or an admin key';
  if (caller.kind === 'admin') return undefined;
  const by = typeof body === 'object' && body !== null && 'by' in body ? body.by : undefined;
  const speaksFor = [actor, by].filter((one) => typeof one === 'string');
  return speaksFor.every((one) => one === caller.subject) ? undefined : 'an admin key, to speak for somebody else';
}
