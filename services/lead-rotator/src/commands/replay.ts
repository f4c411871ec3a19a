import type { RecordedLeadEvent } from '@lead-rotator/lead-events';
import {
  type DecisionDifference,
  differenceText,
  type ReplayReport,
  replayDecisions,
  standAt,
  standText,
} from '@lead-rotator/replay';
import { type Command, Option } from 'commander';
import { type Bound, parseBound } from '../log-printer/bound.ts';
import { withOperatorTools } from '../open-for-operator.ts';
import { eventsInClear, eventsOfExport, recallFrom } from '../replay/read-for-replay.ts';
import { requireRotation } from '../replay/require-rotation.ts';

interface ReplayOptions {
  readonly from?: Bound;
  readonly to?: Bound;
  readonly rotation?: string;
  readonly at?: Bound;
  readonly json?: true;
}

/** So many differences are listed. */
const listed = 1_000;

export function addReplay(program: Command): void {
  program
    .command('replay')
    .description(
      'take every decision of the log again; exits with 1 if one comes out otherwise than it was recorded, or cannot be judged',
    )
    .argument('[directory]', 'an export to replay in place of the log; no database is needed for it')
    .addOption(new Option('--from <time or position>', 'only decisions from there on').argParser(parseBound))
    .addOption(new Option('--to <time or position>', 'only decisions up to there, included').argParser(parseBound))
    .option('--rotation <id>', 'only decisions that have to do with this rotation')
    .addOption(
      new Option('--at <time or position>', 'print rotations and owners as they were then, and judge nothing')
        .argParser(parseBound)
        .conflicts(['from', 'to', 'rotation']),
    )
    .option('--json', 'print one JSON document')
    .action((directory: string | undefined, options: ReplayOptions) =>
      directory === undefined
        ? withOperatorTools('replay', async ({ log }) => {
            await requireRotation(log, options.rotation);
            await replay(eventsInClear(log), options, recallFrom(log));
          })
        : replay(eventsOfExport(directory), options),
    );
}

type Events = AsyncIterable<readonly RecordedLeadEvent[]>;

const replay = (events: Events, options: ReplayOptions, recall?: ReturnType<typeof recallFrom>): Promise<void> =>
  options.at === undefined ? judge(events, options, recall) : printStand(events, options.at, options.json);

async function judge(
  events: Events,
  { from, to, rotation, json }: ReplayOptions,
  recall: ReturnType<typeof recallFrom> | undefined,
): Promise<void> {
  const differences: DecisionDifference[] = [];
  const report = await replayDecisions(events, {
    isWanted: (event) => isBehind(from, event) && isBefore(to, event),
    ...(rotation === undefined ? {} : { rotationId: rotation }),
    ...(recall === undefined ? {} : { recall }),
    report: (difference) => {
      if (differences.length < listed) differences.push(difference);
    },
  });
  console.log(json ? JSON.stringify({ ...report, differences }) : textOf(report, differences));
  // What nobody has judged is not proven: a forged event may name deciders that there are nowhere.
  if (report.different + report.unjudged > 0) process.exitCode = 1;
}

const isBehind = (from: Bound | undefined, { position, at }: RecordedLeadEvent): boolean =>
  from === undefined || ('position' in from ? position >= from.position : at >= from.time);

const isBefore = (to: Bound | undefined, { position, at }: RecordedLeadEvent): boolean =>
  to === undefined || ('position' in to ? position <= to.position : at <= to.time);

function textOf(report: ReplayReport, differences: readonly DecisionDifference[]): string {
  const { decisions, different, erased, unjudged, position } = report;
  const aside = [
    erased === 0 ? '' : `, ${erased} as recorded of a person who is erased or sealed`,
    unjudged === 0 ? '' : `, ${unjudged} not judged`,
  ].join('');
  const rest = unjudged > 0 ? 'the others' : 'all';
  const end = different > 0 ? `${different} differ` : `${rest} come out as recorded`;
  return [
    ...differences.map(differenceText),
    `${decisions} decisions in ${position} events taken again${aside}: ${end}`,
  ].join('\n');
}

async function printStand(events: Events, at: Bound, json: true | undefined): Promise<void> {
  const stand = await standAt(events, at);
  if ('position' in at && stand.position < at.position) console.error(`the log ends at position ${stand.position}`);
  if (json) return console.log(JSON.stringify({ ...stand, at: new Date(stand.at).toISOString() }));
  console.log(`Position ${stand.position}, ${new Date(stand.at).toISOString()}`);
  for (const organization of stand.organizations) console.log(standText(organization));
}
