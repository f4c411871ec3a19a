import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';

/**
 * Makes an application able to leave: to be called before its routes are there. What is returned takes no new
 * connection, and resolves when all requests under way are answered. Connections that are kept alive are told to close
 * with their next answer: Node alone would serve them for as long as their clients find something to ask.
 */
export function prepareToLeave(app: NestExpressApplication): () => Promise<void> {
  let leaving = false;
  app.use((_: IncomingMessage, response: ServerResponse, next: () => void) => {
    if (leaving) response.setHeader('connection', 'close');
    next();
  });
  return () => {
    leaving = true;
    const server: Server = app.getHttpServer();
    return new Promise((resolve) => server.close(() => resolve()));
  };
}
