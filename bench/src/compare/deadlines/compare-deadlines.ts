import { TestCluster } from '@lead-rotator/test-cluster';
import { withDatabaseOn } from '../../bench-database.ts';
import { describeMachine } from '../../machine.ts';
import { type Comparison, counts, type Row, rates, shown, times } from '../comparison.ts';
import { measureBossDeadlines } from './boss-deadlines.ts';
import type { DeadlineFigures } from './deadline-figures.ts';
import { measureOurDeadlines } from './our-deadlines.ts';

/** Deadlines of the product and of pg-boss, one after the other on one database server, with two processes that fire. */
export async function compareDeadlines(count: number): Promise<Comparison> {
  const environment = { NODE_ENV: 'production' };
  const cluster = await TestCluster.start({ processes: [['sla'], ['sla']], kafka: false, environment });
  // Time to write all of them before they are due.
  const notice = 2_000 + count / 5;
  try {
    console.log(await describeMachine(cluster.databaseUrl));
    const ours = await measureOurDeadlines(cluster, count, notice);
    await Promise.all(cluster.processes.map((process) => process.end()));
    const theirs = await withDatabaseOn(cluster.databaseUrl, (url) => measureBossDeadlines(url, count, notice));
    for (const fault of theirs.faults) console.log(fault);
    return { ours: 'Lead Rotator', theirs: 'pg-boss', rows: rowsOf(count, ours, theirs), faults: ours.faults };
  } finally {
    await cluster.stop();
  }
}

function rowsOf(count: number, ours: DeadlineFigures, theirs: DeadlineFigures): Row[] {
  return [
    rates('deadlines/s set', [ours.setPerSecond], [theirs.setPerSecond]),
    rates('deadlines/s cancelled', [ours.cancelledPerSecond], [theirs.cancelledPerSecond]),
    rates(`fired/s, ${shown(count)} due at one instant`, [ours.firedPerSecond], [theirs.firedPerSecond]),
    times('late by, p50', ours.p50, theirs.p50, 'ms'),
    times('late by, p99', ours.p99, theirs.p99, 'ms'),
    times('until the last of them, with a SIGKILL at half', ours.kill.until, theirs.kill.until, 's'),
    counts('lost by that', ours.kill.lost, theirs.kill.lost),
    counts('doubled by that', ours.kill.doubled, theirs.kill.doubled),
  ];
}
