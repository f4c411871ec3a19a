import { nearestWord } from '@lead-rotator/rotation';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/internal';
import type { Reflector } from '@nestjs/core';
import { isOpen } from './access/access.guard.ts';
import { InvalidRequest } from './invalid-request.ts';

/** What a handler takes of a request, as the decorators of its parameters have said: by kind and place. */
type RouteArguments = Readonly<Record<string, { readonly data?: unknown }>>;

/**
 * Refuses queries that a question does not know, as unknown fields of a body are: `?form=2026-01-01` would be answered with
 * figures of all time, and look like those of that year. What is sent in is not refused for what a
 * form's address bears, and neither are probes and scrapes.
 */
export class KnownQueriesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  /** @throws InvalidRequest with every unknown one */
  canActivate(context: ExecutionContext): true {
    if (context.getType() !== 'http' || isOpen(this.reflector, context)) return true;
    const { method, query } = context.switchToHttp().getRequest<{ method: string; query: object }>();
    const known = queriesOf(context);
    if (method !== 'GET' || known === undefined) return true;
    const faults = Object.keys(query)
      .filter((name) => !known.includes(name))
      .map((name) => ({ path: `/${name}`, message: inWords(name, known) }));
    if (faults.length > 0) throw new InvalidRequest(faults);
    return true;
  }
}

/** By name; undefined where a class takes all of them, which is validated by itself. */
function queriesOf(context: ExecutionContext): string[] | undefined {
  const { name } = context.getHandler();
  const taken = (Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), name) ?? {}) as RouteArguments;
  const queries = Object.entries(taken).filter(([kind]) => kind.startsWith(`${RouteParamtypes.QUERY}:`));
  const names = queries.map(([, { data }]) => data);
  return names.every((one) => typeof one === 'string') ? names : undefined;
}

function inWords(name: string, known: readonly string[]): string {
  const meant = nearestWord(name, known);
  const allowed = known.length === 0 ? 'none is taken here' : `known are ${known.toSorted().join(', ')}`;
  return `is not a known query: ${meant === undefined ? allowed : `did you mean ${meant}?`}`;
}
