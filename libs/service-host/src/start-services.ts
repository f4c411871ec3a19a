import { Module } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AccessGuard } from './access/access.guard.ts';
import { ApiKeys } from './access/api-keys.ts';
import { serveApiDocs } from './api-docs.ts';
import { limitBodies } from './body-limits.ts';
import { connectConsumers } from './connect-consumers.ts';
import { hostModule } from './host.module.ts';
import type { Host } from './host.ts';
import { KnownQueriesGuard } from './known-queries.guard.ts';
import { prepareToLeave } from './leave-http.ts';
import { NestLogger } from './nest-logger.ts';
import { ProblemFilter } from './problem.filter.ts';
import { requestValidation } from './request-validation.ts';
import type { Service } from './service.ts';
import type { Settings } from './settings.ts';

export interface RunningServices {
  /** Where the HTTP API answers. */
  readonly url: string;
  readonly app: NestExpressApplication;
  /** Takes no more work, finishes what is under way, and lets go of everything. */
  close(): Promise<void>;
}

/** Puts services into one process behind one HTTP port, and starts them. */
export async function startServices(services: readonly Service[], host: Host): Promise<RunningServices> {
  @Module({ imports: [hostModule(host), ...services.map(({ module }) => module)] })
  class ProcessModule {}

  const app = await NestFactory.create<NestExpressApplication>(ProcessModule, {
    logger: new NestLogger(host.logger),
    bodyParser: false,
    abortOnError: false,
  });
  app.disable('x-powered-by');
  app.disable('etag');
  const leaveHttp = prepareToLeave(app);
  const reflector = app.get(Reflector);
  const access = new AccessGuard(new ApiKeys(host.database.pool), reflector);
  limitBodies(app, services, access);
  app.useGlobalGuards(access, new KnownQueriesGuard(reflector));
  app.useGlobalPipes(requestValidation());
  app.useGlobalFilters(new ProblemFilter(host.logger));
  serveApiDocs(app, services);
  const stopConsumers = connectConsumers(app, services, host);
  try {
    await app.startAllMicroservices();
    await app.listen(host.settings.port, host.settings.host);
  } catch (error) {
    await app.close();
    throw cannotListen(host.settings, error) ?? error;
  }
  return {
    url: await app.getUrl(),
    app,
    // Nest would end what the handlers work with before the requests and messages that they work on.
    async close() {
      await Promise.all([leaveHttp(), stopConsumers()]);
      await app.close();
    },
  };
}

/** In the words of the settings; undefined for what has other reasons. */
function cannotListen({ host, port }: Settings, cause: unknown): Error | undefined {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} of ${host} is taken: is it running already? PORT chooses another`,
    EADDRNOTAVAIL: `HOST: this machine has no address ${host}`,
    ENOTFOUND: `HOST: nobody knows the address of ${host}`,
    EAI_AGAIN: `HOST: nobody knows the address of ${host} now`,
    EACCES: `PORT: this user may not listen on port ${port}`,
  };
  const reason = cause instanceof Error && 'code' in cause ? reasons[String(cause.code)] : undefined;
  return reason === undefined ? undefined : new Error(reason, { cause });
}
