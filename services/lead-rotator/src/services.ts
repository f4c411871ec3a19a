import { intake } from '@lead-rotator/intake';
import { router } from '@lead-rotator/router';
import type { Service } from '@lead-rotator/service-host';
import { sla } from '@lead-rotator/sla';
import { relay } from './relay/relay.module.ts';

/** What a process can run, by the names of the command line. */
export const services: Readonly<Record<string, Service>> = { intake, router, sla, relay };

export const serviceNames = Object.keys(services);

/** The services of these names; `all` stands for each. @throws for a name that is none. */
export function chooseServices(names: readonly string[]): Service[] {
  const wanted = new Set(names.flatMap((name) => (name === 'all' ? serviceNames : [name])));
  return [...wanted].map((name) => {
    const service = services[name];
    if (service === undefined)
      throw new Error(`there is no service ${name}; there are ${serviceNames.join(', ')} and all`);
    return service;
  });
}
