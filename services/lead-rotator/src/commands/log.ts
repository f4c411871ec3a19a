import type { EventLog } from '@lead-rotator/event-log';
import { defaultOrganization, type OrganizationId } from '@lead-rotator/event-sourcing';
import { definitionOf } from '@lead-rotator/lead-events';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { findLead } from '../find-lead.ts';
import { parseBound } from '../log-printer/bound.ts';
import { eventLine } from '../log-printer/event-line.ts';
import { type EventSelection, selectEvents } from '../log-printer/select-events.ts';
import { withOperatorTools } from '../open-for-operator.ts';
import { requireRotation } from '../replay/require-rotation.ts';
import { stopRequest } from '../stop-request.ts';

interface LogOptions extends EventSelection {
  readonly json?: true;
}

export function addLog(program: Command): void {
  program
    .command('log')
    .description('print the log, an event a line')
    .option('-f, --follow', 'go on with what is appended, until ctrl-c')
    .option(
      '--lead <id>',
      "only what is about this lead; its id, or its source and that source's own id: facebook/fb-812",
    )
    .option('--rotation <id>', 'only what is about this rotation')
    .option('--organization <id>', 'only of this organization; with --lead the default one')
    .addOption(new Option('--type <types...>', 'only events of these types').argParser(parseType))
    .addOption(new Option('--from <time or position>', 'only from there on').argParser(parseBound))
    .addOption(new Option('--to <time or position>', 'only up to there, included').argParser(parseBound))
    .option('--json', 'print each event as JSON')
    .option('--open', 'show personal data, which is sealed otherwise')
    .action((options: LogOptions) =>
      withOperatorTools('log', async ({ log }) => print(log, await withLeadId(log, options))),
    );
}

/** A slip must not print nothing, as if it had never happened. @throws InvalidArgumentError */
function parseType(type: string, before: readonly string[] = []): readonly string[] {
  if (definitionOf(type) === undefined) throw new InvalidArgumentError('there is no such event');
  return [...before, type];
}

/** Nor must one in a lead's id, unless what is to come is wanted too. @throws Error naming the lead that is not there */
async function withLeadId(log: EventLog, options: LogOptions): Promise<LogOptions> {
  const { lead, organization = defaultOrganization, follow } = options;
  if (lead === undefined) return options;
  const leadId = await findLead(log, lead, organization as OrganizationId);
  if (leadId === undefined && !follow) throw new Error(`no lead ${lead} in organization ${organization}`);
  return { ...options, lead: leadId ?? lead };
}

async function print(log: EventLog, options: LogOptions): Promise<void> {
  const stop = new AbortController();
  // Whoever reads the output may have seen enough, as `head` has.
  process.stdout.once('error', () => stop.abort());
  if (options.follow) void stopRequest().then(() => stop.abort());
  const write = options.json ? JSON.stringify : eventLine;
  let printed = 0;
  for await (const event of selectEvents(log, options, stop.signal)) {
    if (stop.signal.aborted) return;
    console.log(write(event));
    printed += 1;
  }
  // Looked for only now: it is one more way through the whole log.
  if (printed === 0 && !options.follow) await requireRotation(log, options.rotation);
}
