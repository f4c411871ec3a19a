import type { IncomingMessage } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Service } from './service.ts';

/** The largest body of a request, in bytes, where a service says nothing else. */
export const bodyLimit = 64 * 1024;

/** JSON bodies up to their path's limit; larger ones are refused before they are parsed, other types are not read. */
export function limitBodies(app: NestExpressApplication, services: readonly Service[]): void {
  const larger = Object.assign({}, ...services.map(({ bodyLimits }) => bodyLimits)) as Record<string, number>;
  for (const [path, limit] of Object.entries(larger)) {
    app.useBodyParser('json', {
      limit,
      type: (request: IncomingMessage) => isJson(request) && pathOf(request) === path,
    });
  }
  app.useBodyParser('json', { limit: bodyLimit, type: isJson });
}

function isJson(request: IncomingMessage): boolean {
  return /^application\/([\w.-]+\+)?json\b/i.test(request.headers['content-type'] ?? '');
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? '';
}
