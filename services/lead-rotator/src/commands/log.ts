import type { EventLog, ReadPage, ReadSelection } from '@lead-rotator/event-log';
import { defaultOrganization, type OrganizationId, type RecordedEvent } from '@lead-rotator/event-sourcing';
import { leadTag } from '@lead-rotator/lead-events';
import { type Command, Option } from 'commander';
import { type Bound, parseBound, positionBefore } from '../log-printer/bound.ts';
import { type EventFilter, passes } from '../log-printer/event-filter.ts';
import { eventLine } from '../log-printer/event-line.ts';
import { withOperatorTools } from '../open-for-operator.ts';
import { stopRequest } from '../stop-request.ts';

export interface LogOptions {
  readonly follow?: true;
  readonly lead?: string;
  readonly rotation?: string;
  readonly organization?: string;
  readonly type?: readonly string[];
  readonly from?: Bound;
  readonly to?: Bound;
  readonly json?: true;
  readonly open?: true;
}

export function addLog(program: Command): void {
  program
    .command('log')
    .description('print the log, an event a line')
    .option('-f, --follow', 'go on with what is appended, until ctrl-c')
    .option('--lead <id>', 'only what is about this lead')
    .option('--rotation <id>', 'only what is about this rotation')
    .option('--organization <id>', 'only of this organization; with --lead the default one')
    .option('--type <types...>', 'only events of these types')
    .addOption(new Option('--from <time or position>', 'only from there on').argParser(parseBound))
    .addOption(new Option('--to <time or position>', 'only up to there, included').argParser(parseBound))
    .option('--json', 'print each event as JSON')
    .option('--open', 'show personal data, which is sealed otherwise')
    .action((options: LogOptions) =>
      withOperatorTools('log', async ({ log }) => {
        const stop = new AbortController();
        if (options.follow) void stopRequest().then(() => stop.abort());
        const write = options.json ? JSON.stringify : eventLine;
        for await (const event of selectEvents(log, options, stop.signal)) console.log(write(event));
      }),
    );
}

/** The events that an operator asks for, in order of position; with `follow` also those to come. */
export async function* selectEvents(
  log: EventLog,
  options: LogOptions,
  signal: AbortSignal,
): AsyncGenerator<RecordedEvent> {
  const { lead, type: types, from, to, open = false } = options;
  const filter = filterOf(options);
  const until = to !== undefined && 'position' in to ? { until: to.position } : {};
  let after = from === undefined ? 0 : 'time' in from ? await positionBefore(log, from.time) : from.position - 1;
  if (lead !== undefined) {
    const organizationId = (filter.organization ?? defaultOrganization) as OrganizationId;
    const head = await log.head();
    const tags = [leadTag(lead as Parameters<typeof leadTag>[0])];
    for (const event of await log.readByTags({ organizationId, tags, open, ...until })) {
      const wanted = event.position > after && event.position <= head && (types?.includes(event.type) ?? true);
      if (wanted && passes(filter, event)) yield event;
    }
    after = Math.max(after, head);
    if (!options.follow) return;
  }
  const selection = { after, open, ...until, ...(types === undefined ? {} : { types }) };
  for await (const { events } of options.follow ? log.follow({ ...selection, signal }) : pages(log, selection)) {
    for (const event of events) if (passes(filter, event)) yield event;
  }
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

function filterOf({ lead, rotation, from, to, ...options }: LogOptions): EventFilter {
  const organization = options.organization ?? (lead === undefined ? undefined : defaultOrganization);
  return {
    ...(lead === undefined ? {} : { lead }),
    ...(rotation === undefined ? {} : { rotation }),
    ...(organization === undefined ? {} : { organization }),
    ...(from !== undefined && 'time' in from ? { fromTime: from.time } : {}),
    ...(to !== undefined && 'time' in to ? { toTime: to.time } : {}),
  };
}
