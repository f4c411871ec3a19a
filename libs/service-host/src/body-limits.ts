import type { IncomingMessage } from 'node:http';
import { PayloadTooLargeException, UnsupportedMediaTypeException } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { AccessGuard } from './access/access.guard.ts';
import { InvalidRequest } from './invalid-request.ts';
import type { Service } from './service.ts';

/** The largest body of a request, in bytes, where a service says nothing else. */
export const bodyLimit = 64 * 1024;

/**
 * JSON bodies up to their path's limit; larger ones are refused before they are parsed, and other types are not read, but
 * refused: unread they would look as if nothing had been sent. Where more than `bodyLimit` is taken, only of who has a
 * key: the memory of the process is not for strangers.
 */
export function limitBodies(app: NestExpressApplication, services: readonly Service[], access: AccessGuard): void {
  const larger = Object.assign({}, ...services.map(({ bodyLimits }) => bodyLimits)) as Record<string, number>;
  for (const [path, limit] of Object.entries(larger)) {
    const isMeant = matching(path);
    app.use((request: IncomingMessage, _: unknown, next: (error?: unknown) => void) => {
      if (!isMeant(pathOf(request))) return next();
      access.identify(request.headers.authorization).then(() => next(), next);
    });
    app.useBodyParser('json', {
      limit,
      type: (request: IncomingMessage) => isJson(request) && isMeant(pathOf(request)),
    });
  }
  app.useBodyParser('json', { limit: bodyLimit, type: isJson });
  app.use((request: IncomingMessage, _: unknown, next: (error?: Error) => void) =>
    next(hasBody(request) && !isJson(request) ? new UnsupportedMediaTypeException() : undefined),
  );
  app.use((error: BodyFault, _: unknown, __: unknown, next: (error: Error) => void) => next(inOurWords(error)));
}

/** A `*` stands for one part of the path. */
function matching(path: string): (path: string) => boolean {
  const parts = path.split('/');
  return (one) => {
    const found = one.split('/');
    return found.length === parts.length && parts.every((part, place) => part === '*' || part === found[place]);
  };
}

/** What the parser throws. */
type BodyFault = Error & { readonly type?: string; readonly limit?: number; readonly body?: string };

function inOurWords(fault: BodyFault): Error {
  if (fault.type === 'entity.parse.failed') {
    const why = isJsonText(fault.body) ? '' : `: ${fault.message}`;
    return new InvalidRequest([{ path: '', message: `must be a JSON object or list${why}` }]);
  }
  if (fault.type === 'entity.too.large') {
    return new PayloadTooLargeException(`A body of at most ${fault.limit} bytes is taken here.`);
  }
  return fault;
}

/** The parser takes a number, a text or `null` for bad JSON, and says so. */
function isJsonText(text = ''): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

function isJson(request: IncomingMessage): boolean {
  return /^application\/([\w.-]+\+)?json\b/i.test(request.headers['content-type'] ?? '');
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? '';
}
