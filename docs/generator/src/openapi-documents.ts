import { describeApi, type Host, hostModule, type Service } from '@lead-rotator/service-host';
import { type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Document } from './document.ts';

/** The OpenAPI documents of all services that have an HTTP API, as each serves it. Nothing is started for it. */
export async function openApiDocuments(services: readonly Service[]): Promise<Document[]> {
  const described = services.filter(({ api }) => api !== undefined);
  const app = await previewOf(described);
  return described.map((service) => ({
    path: `docs/reference/openapi-${service.name}.json`,
    content: `${JSON.stringify(describeApi(app, service), null, 2)}\n`,
  }));
}

/** An application whose classes are known and not instantiated (Nest's preview mode): no log, no bus, no port. */
function previewOf(services: readonly Service[]): Promise<INestApplication> {
  const nothing = {} as Host;
  @Module({ imports: [hostModule(nothing), ...services.map(({ module }) => module)] })
  class PreviewModule {}
  return NestFactory.create(PreviewModule, { preview: true, logger: false, abortOnError: false });
}
