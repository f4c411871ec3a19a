import { parseSettings } from '@lead-rotator/service-host';
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
  const services = chooseServices(names);
  const { url, host, close } = await startProcess(parseSettings(process.env), services, names.join('+'));
  console.log(welcome(url, services));
  host.logger.info({ reason: await stop }, 'stopping');
  abandonAfter(stopMilliseconds);
  await close();
}

function abandonAfter(milliseconds: number): void {
  const timer = setTimeout(() => {
    console.error(`still not stopped after ${milliseconds / 1000} s`);
    process.exit(1);
  }, milliseconds);
  timer.unref();
}
