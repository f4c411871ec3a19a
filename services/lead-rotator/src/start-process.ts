import { type Host, type Service, type Settings, startServices } from '@lead-rotator/service-host';
import { ensureTopics } from './ensure-topics.ts';
import { openHost } from './open-host.ts';

export interface RunningProcess {
  /** Where the HTTP API answers. */
  readonly url: string;
  readonly host: Host;
  /** Finishes what is under way and stops everything that was started. */
  close(): Promise<void>;
}

/** Database, log, bus, topics, and the services on them. `name` is what the process is called in logs and on servers. */
export async function startProcess(
  settings: Settings,
  services: readonly Service[],
  name: string,
): Promise<RunningProcess> {
  const { host, close } = await openHost(settings, name);
  const stopping = new AbortController();
  try {
    await ensureTopics(host, stopping.signal);
    const running = await startServices(services, host);
    return {
      url: running.url,
      host,
      async close() {
        stopping.abort();
        await running.close();
        await close();
      },
    };
  } catch (error) {
    stopping.abort();
    await close();
    throw error;
  }
}
