import { type EventLog, type ReadSelection, readExport } from '@lead-rotator/event-log';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import { contactTag, leadTag, type RecordedLeadEvent, readEvent } from '@lead-rotator/lead-events';
import type { Recall } from '@lead-rotator/replay';
import { progressLine } from '../progress-line.ts';

const eventsPerPage = 5_000;

/**
 * The log, or the part that is wanted, up to its present head, with personal data in clear as far as it is left; shows
 * how far it is.
 */
export async function* eventsInClear(
  log: Pick<EventLog, 'head' | 'read'>,
  part: Pick<ReadSelection, 'after' | 'until' | 'organizationId'> = {},
): AsyncGenerator<readonly RecordedLeadEvent[]> {
  const progress = progressLine();
  const { after: begin = 0, until = await log.head() } = part;
  const read = (after: number) => log.read({ ...part, after, until, limit: eventsPerPage, open: true });
  if (begin >= until) return;
  let next = read(begin);
  for (let readTo = begin; readTo < until; ) {
    const page = await next;
    if (page.readTo <= readTo) return;
    readTo = page.readTo;
    // The database looks for the next page while this one is judged.
    if (readTo < until) next = read(readTo);
    next.catch(() => {});
    yield page.events.map(readEvent);
    progress({ part: 'log', done: readTo, of: until });
  }
}

/** The same from an export, without a database: personal data stays sealed. @throws NoExport */
export async function* eventsOfExport(directory: string): AsyncGenerator<readonly RecordedLeadEvent[]> {
  const progress = progressLine();
  for await (const events of readExport(directory, (done, of) => progress({ part: 'log', done, of }))) {
    yield events.map(readEvent);
  }
}

/** Reads again by tags what happened to leads that a replay let go. */
export const recallFrom =
  (log: Pick<EventLog, 'readByTags'>) =>
  (organizationId: OrganizationId): Recall =>
  async (leadIds, contactIds, until) => {
    const tags = [...leadIds.map(leadTag), ...contactIds.map(contactTag)];
    return (await log.readByTags({ organizationId, tags, until, open: true })).map(readEvent);
  };
