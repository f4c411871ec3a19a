import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { completeApi } from './complete-api.ts';
import { nullAsType } from './null-as-type.ts';
import type { Service } from './service.ts';

interface Response {
  type(contentType: string): { send(body: string): unknown };
  redirect(path: string): unknown;
}

/** The OpenAPI document of one service of an application. In version 3.1, whose schemas are those of the contract. */
export function describeApi(app: INestApplication, service: Service): OpenAPIObject {
  const { title, about } = service.api ?? { title: service.name, about: '' };
  const module = 'module' in service.module ? service.module.module : service.module;
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(title)
    .setDescription(about)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'a key: `npx lead-rotator keys create`' });
  const document = SwaggerModule.createDocument(app, builder.build(), { include: [module], deepScanRoutes: true });
  return completeApi(nullAsType(document));
}

/** Serves a page per service at `/docs/<name>`, its OpenAPI document at `/docs/<name>-json`, and all pages at `/docs`. */
export function serveApiDocs(app: INestApplication, services: readonly Service[]): void {
  const described = services.filter(({ api }) => api !== undefined);
  for (const service of described) {
    const path = `docs/${service.name}`;
    SwaggerModule.setup(path, app, () => describeApi(app, service), {
      jsonDocumentUrl: `${path}-json`,
      raw: ['json'],
      customSiteTitle: service.api?.title ?? service.name,
    });
  }
  const links = described.map(({ name, api }) => `<li><a href="/docs/${name}">${api?.title}</a>: ${api?.about}</li>`);
  const page = `<!doctype html><meta charset="utf-8"><title>Lead Rotator</title><h1>Lead Rotator</h1><ul>${links.join('')}</ul>`;
  const adapter = app.getHttpAdapter();
  adapter.get('/docs', (_: unknown, response: Response) => response.type('html').send(page));
  // Whoever opens the address that the program prints is shown what there is.
  adapter.get('/', (_: unknown, response: Response) => response.redirect('/docs'));
}
