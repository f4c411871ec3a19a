import { intake } from '@lead-rotator/intake';
import { notify } from '@lead-rotator/notify';
import { router } from '@lead-rotator/router';
import type { Service, Settings } from '@lead-rotator/service-host';
import { sla } from '@lead-rotator/sla';
import { relay } from './relay/relay.module.ts';

/** What a process can run, by the names of the command line. */
export const services: Readonly<Record<string, Service>> = { intake, router, sla, relay, notify };

export const serviceNames = Object.keys(services);

/**
 * The services of these names; `all` stands for each that has something to do under the settings.
 * @throws for a name that is none, and for a service that was named and has nothing to do.
 */
export function chooseServices(names: readonly string[], settings: Settings): Service[] {
  const wanted = names.flatMap((name) => (name === 'all' ? serviceNames.filter(hasWork(settings)) : [name]));
  return [...new Set(wanted)].map((name) => {
    const service = services[name];
    if (service === undefined)
      throw new Error(`there is no service ${name}; there are ${serviceNames.join(', ')} and all`);
    const idle = service.idle?.(settings);
    if (idle !== undefined) throw new Error(`${name} has nothing to do: ${idle}`);
    return service;
  });
}

const hasWork =
  (settings: Settings) =>
  (name: string): boolean =>
    services[name]?.idle?.(settings) === undefined;
