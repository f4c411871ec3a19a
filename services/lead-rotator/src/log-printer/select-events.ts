import type { EventLog, ReadPage, ReadSelection } from '@lead-rotator/event-log';
import { defaultOrganization, type OrganizationId, type RecordedEvent } from '@lead-rotator/event-sourcing';
import { type LeadId, leadTag } from '@lead-rotator/lead-events';
import { type Bound, rangeBetween } from './bound.ts';
import { type EventFilter, passes } from './event-filter.ts';

/** What an operator wants to see of the log. */
export interface EventSelection {
  readonly follow?: true;
  readonly lead?: string;
  readonly rotation?: string;
  readonly organization?: string;
  readonly type?: readonly string[];
  readonly from?: Bound;
  readonly to?: Bound;
  readonly open?: true;
}

/** The events that an operator asks for, in order of position; with `follow` also those to come. */
export async function* selectEvents(
  log: EventLog,
  selection: EventSelection,
  signal: AbortSignal,
): AsyncGenerator<RecordedEvent> {
  const filter = filterOf(selection);
  const range = await rangeOf(log, selection);
  for await (const events of selection.lead === undefined
    ? eventsOf(log, selection, range, signal)
    : eventsOfLead(log, selection.lead, selection, range, signal)) {
    for (const event of events) if (passes(filter, event)) yield event;
  }
}

type Range = Pick<ReadSelection, 'after' | 'until'>;
type Pages = AsyncGenerator<readonly RecordedEvent[]>;

/** With `follow`, an end in time is one that is yet to come. */
function rangeOf(log: EventLog, { from, to, follow }: EventSelection): Promise<Range> {
  return rangeBetween(log, { from, to: follow && to !== undefined && 'time' in to ? undefined : to });
}

/** Found by its tag, so that one lead of millions is printed at once; what is appended afterwards is looked through. */
async function* eventsOfLead(
  log: EventLog,
  lead: string,
  selection: EventSelection,
  range: Range,
  signal: AbortSignal,
): Pages {
  const { open = false, type: types } = selection;
  const organizationId = (selection.organization ?? defaultOrganization) as OrganizationId;
  const head = await log.head();
  const until = Math.min(range.until ?? head, head);
  const known = await log.readByTags({
    organizationId,
    tags: [leadTag(lead as LeadId)],
    until,
    open,
    ...(types === undefined ? {} : { types }),
  });
  yield known.filter(({ position }) => position > (range.after ?? 0));
  if (selection.follow) yield* eventsOf(log, selection, { ...range, after: Math.max(head, range.after ?? 0) }, signal);
}

async function* eventsOf(log: EventLog, selection: EventSelection, range: Range, signal: AbortSignal): Pages {
  const { open = false, type: types, follow } = selection;
  const wanted = { ...range, open, ...(types === undefined ? {} : { types }) };
  for await (const { events } of follow ? log.follow({ ...wanted, signal }) : pages(log, wanted)) yield events;
}

async function* pages(log: EventLog, selection: ReadSelection): AsyncGenerator<ReadPage> {
  const last = Math.min(selection.until ?? Number.POSITIVE_INFINITY, await log.head());
  for (let after = selection.after ?? 0; after < last; ) {
    const page = await log.read({ ...selection, after, until: last });
    yield page;
    if (page.readTo <= after) return;
    after = page.readTo;
  }
}

function filterOf({ lead, rotation, from, to, ...options }: EventSelection): EventFilter {
  const organization = options.organization ?? (lead === undefined ? undefined : defaultOrganization);
  return {
    ...(lead === undefined ? {} : { lead }),
    ...(rotation === undefined ? {} : { rotation }),
    ...(organization === undefined ? {} : { organization }),
    ...(from !== undefined && 'time' in from ? { fromTime: from.time } : {}),
    ...(to !== undefined && 'time' in to ? { toTime: to.time } : {}),
  };
}
