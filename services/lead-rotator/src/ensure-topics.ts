import { setTimeout as sleep } from 'node:timers/promises';
import { type Host, topicsToCreate } from '@lead-rotator/service-host';

const retryMilliseconds = 2_000;

/**
 * Creates the topics that are missing. Resolves after the first try: with the broker down the process starts all the
 * same, takes leads over HTTP, and goes on trying.
 */
export async function ensureTopics(host: Host, signal: AbortSignal): Promise<void> {
  if (!(await tryToEnsure(host))) void keepTrying(host, signal);
}

async function keepTrying(host: Host, signal: AbortSignal): Promise<void> {
  do await sleep(retryMilliseconds, undefined, { signal }).catch(() => {});
  while (!signal.aborted && !(await tryToEnsure(host)));
}

async function tryToEnsure({ bus, settings, logger }: Host): Promise<boolean> {
  try {
    await bus.ensureTopics(topicsToCreate(settings));
    return true;
  } catch (error) {
    logger.warn({ err: error }, 'the topics are not there yet, and cannot be created now');
    return false;
  }
}
