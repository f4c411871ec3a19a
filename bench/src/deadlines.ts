import { parseArgs } from 'node:util';
import { setUpTeam, TestCluster } from '@lead-rotator/test-cluster';
import { checkDeadlines } from './deadlines/check-deadlines.ts';
import { fillDeadlines, members, rotationId } from './deadlines/fill-deadlines.ts';
import { untilOpen } from './deadlines/until-open.ts';
import { watchReassignments } from './deadlines/watch-reassignments.ts';
import { formatSpread, quantile, spreadOf } from './figures.ts';
import { CpuShares } from './flow/cpu-shares.ts';
import { describeMachine } from './machine.ts';

const hour = 3_600_000;

/**
 * The SLA service as a process of its own, with many deadlines open: how fast it fires what is due at one instant, and
 * how late it is when deadlines come evenly. Seen from another process, in the log.
 */
export async function run(options: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...options],
    options: {
      open: { type: 'string', default: '1000000' },
      burst: { type: 'string', default: '50000' },
      rate: { type: 'string', default: '1000' },
      seconds: { type: 'string', default: '30' },
      runs: { type: 'string', default: '3' },
      kafka: { type: 'boolean', default: false },
    },
  });
  const [open, burst, rate, seconds] = [values.open, values.burst, values.rate, values.seconds].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const environment = { NODE_ENV: 'production' };
  const cluster = await TestCluster.start({ processes: [['sla']], kafka: values.kafka, environment });
  try {
    console.log(await describeMachine(cluster.databaseUrl));
    await setUpTeam(cluster.handler, { rotationId, members, claim: { within: 100 * hour } });
    let turn = 1;
    const far = Date.now() + 100 * hour;
    await fillDeadlines(cluster.log, { prefix: 'open', count: open, turn, due: (n) => far + n, captured: false });
    turn += open;
    const fillSeconds = await untilOpen(cluster.databaseUrl, open);
    console.log(`${open} open deadlines; in the table ${fillSeconds.toFixed(1)} s after the last was in the log`);

    const faults: string[] = [];
    const rates: number[] = [];
    for (let number = 0; number < Number(values.runs); number += 1) {
      const after = await cluster.log.head();
      const due = Date.now() + 2_000 + burst / 4;
      const leads = { prefix: `burst-${number}`, count: burst, turn, captured: true };
      const dues = await fillDeadlines(cluster.log, { ...leads, due: () => due });
      const late = Date.now() - due;
      if (late > 0) console.log(`they were written ${late} ms after they were due: the rate is a lower bound`);
      turn += 2 * burst;
      const cpu = new CpuShares(cluster.pids());
      const result = await watchReassignments(cluster.log, after, dues, 120_000);
      rates.push(burst / result.seconds);
      if (number === 0) for (const line of cpu.perLead(burst)) console.log(line);
      faults.push(...(await checkDeadlines(cluster.log, dues)));
    }
    console.log(`${burst} due at one instant: ${formatSpread(spreadOf(rates), 0)} fired/s (target: 15,000)`);

    const count = rate * seconds;
    const after = await cluster.log.head();
    const start = Date.now() + 2_000 + count / 4;
    const even = { prefix: 'even', count, turn, captured: true };
    const dues = await fillDeadlines(cluster.log, { ...even, due: (n) => start + Math.floor((n * 1_000) / rate) });
    const { lagMilliseconds } = await watchReassignments(cluster.log, after, dues, 120_000);
    faults.push(...(await checkDeadlines(cluster.log, dues)));
    const [p50, p99, most] = [0.5, 0.99, 1].map((part) => Math.round(quantile(lagMilliseconds, part)));
    console.log(
      `${rate} due/s for ${seconds} s: lag p50 ${p50} ms, p99 ${p99} ms, at most ${most} ms (target: p99 250)`,
    );

    const total = count + burst * rates.length;
    console.log(`check: ${total} fired once, in order and in turn, nobody early: ${faults.length === 0}`);
    for (const fault of faults.slice(0, 20)) console.log(`  ${fault}`);
    return faults.length === 0;
  } finally {
    await cluster.stop();
  }
}
