import { withBenchDatabase, withDatabaseOn } from '../../bench-database.ts';
import { spreadOf } from '../../figures.ts';
import { describeMachine } from '../../machine.ts';
import { type Comparison, type Row, rates, shown, times } from '../comparison.ts';
import { withEmmettLog } from './emmett-log.ts';
import { type LogFigures, type LogPlan, type Missed, measureLog } from './measure-log.ts';
import { faultsOfLog, withOurLog } from './our-log.ts';

const ourPlan = { singles: 60_000, batched: 120_000, consumed: 20_000 };
const theirPlan = { singles: 6_000, batched: 30_000, consumed: 20_000 };

/** The log and Emmett's event store, one after the other on one database server, with as many events as take some seconds. */
export function compareLogs({ runs }: Pick<LogPlan, 'runs'>): Promise<Comparison> {
  return withBenchDatabase(async (url) => {
    console.log(await describeMachine(url));
    const ours = await withOurLog(url, (log) => measureLog(log, { ...ourPlan, runs }));
    const faults = await faultsOfLog(url);
    const theirs = await withDatabaseOn(url, (other) =>
      withEmmettLog(other, (log) => measureLog(log, { ...theirPlan, runs })),
    );
    for (const missed of [ours.missedInPages, ours.missedAfterwards, ours.missedMeanwhile]) {
      if (missed.missed !== 0) faults.push(`events missed: ${shownMissed(missed)}`);
    }
    return { ours: 'Lead Rotator', theirs: 'emmett-postgresql', rows: rowsOf(ours, theirs), faults };
  });
}

function rowsOf(ours: LogFigures, theirs: LogFigures): Row[] {
  const perSecond = (what: string, of: (figures: LogFigures) => number[]) => rates(what, of(ours), of(theirs));
  const missed = (what: string, of: (figures: LogFigures) => Missed): Row => ({
    what,
    ours: shownMissed(of(ours)),
    theirs: shownMissed(of(theirs)),
  });
  const p99 = ({ singles }: LogFigures) => spreadOf(singles.map((run) => run.p99)).median;
  return [
    perSecond('events/s appended one by one, 256 callers', ({ singles }) => singles.map((run) => run.eventsPerSecond)),
    times('until one is on disk, p99', p99(ours), p99(theirs), 'ms'),
    perSecond('events/s in units of 100, 16 callers', ({ batched }) => batched.map((run) => run.eventsPerSecond)),
    perSecond('events/s read in pages of 5,000', ({ readPerSecond }) => [readPerSecond]),
    missed('missed by that, nobody writing', ({ missedInPages }) => missedInPages),
    missed('missed by a consumer while 256 callers write', ({ missedMeanwhile }) => missedMeanwhile),
    missed('missed by a consumer afterwards', ({ missedAfterwards }) => missedAfterwards),
  ];
}

const shownMissed = ({ missed, of }: Missed): string => `${shown(missed)} of ${shown(of)}`;
