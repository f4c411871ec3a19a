import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { ApiKeys, type Host, parseSettings, type Service } from '@lead-rotator/service-host';
import type { Command } from 'commander';
import { chooseServices, serviceNames } from '../services.ts';
import { startProcess } from '../start-process.ts';
import { stopRequest } from '../stop-request.ts';
import { welcome } from '../welcome.ts';

/** How long a stop may take before what is left is abandoned; the log stands by itself. */
const stopMilliseconds = 15_000;

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('run services in this process, until ctrl-c')
    .argument('<services...>', `${serviceNames.join(', ')}, or all`)
    .action(serve);
}

async function serve(names: string[]): Promise<void> {
  const stop = stopRequest();
  const settings = parseSettings(process.env);
  const services = chooseServices(names, settings);
  const { url, host, close } = await startProcess(settings, services, names.join('+'));
  console.log(welcome(url, services, settings, await firstKey(services, host)));
  host.logger.info({ reason: await stop }, 'stopping');
  abandonAfter(stopMilliseconds);
  await close();
}

/** Made once for a database: whoever starts the program first is its first admin. */
async function firstKey(services: readonly Service[], { database }: Host): Promise<string | undefined> {
  if (services.every(({ api }) => api === undefined)) return undefined;
  return new ApiKeys(database.pool).createFirst(defaultOrganization);
}

function abandonAfter(milliseconds: number): void {
  const timer = setTimeout(() => {
    console.error(`still not stopped after ${milliseconds / 1000} s`);
    process.exit(1);
  }, milliseconds);
  timer.unref();
}
