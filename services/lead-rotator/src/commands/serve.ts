import { parseSettings, startServices } from '@lead-rotator/service-host';
import type { Command } from 'commander';
import { ensureTopics } from '../ensure-topics.ts';
import { openHost } from '../open-host.ts';
import { chooseServices, serviceNames } from '../services.ts';
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
  const services = chooseServices(names);
  const { host, close } = await openHost(settings, names.join('+'));
  const stopping = new AbortController();
  try {
    await ensureTopics(host, stopping.signal);
    const running = await startServices(services, host);
    console.log(welcome(running.url, services));
    host.logger.info({ reason: await stop }, 'stopping');
    stopping.abort();
    abandonAfter(stopMilliseconds);
    await running.close();
  } finally {
    await close();
  }
}

function abandonAfter(milliseconds: number): void {
  const timer = setTimeout(() => {
    console.error(`still not stopped after ${milliseconds / 1000} s`);
    process.exit(1);
  }, milliseconds);
  timer.unref();
}
