import { parseArgs } from 'node:util';
import { assignLead } from '@lead-rotator/claim';
import {
  CommandHandler,
  commandHandlingMigrations,
  distributionProjection,
  distributionSnapshots,
  PostgresSnapshots,
} from '@lead-rotator/command-handling';
import { eventLogMigrations, PostgresEventLog } from '@lead-rotator/event-log';
import { defaultOrganization, type EventContext, isRejected } from '@lead-rotator/event-sourcing';
import { type LeadId, toNewEvent } from '@lead-rotator/lead-events';
import { createPool, migrate } from '@lead-rotator/postgres';
import { snapshotOf } from '@lead-rotator/rotation';
import { setUpTeam } from '@lead-rotator/test-cluster';
import { withBenchDatabase } from './bench-database.ts';
import { formatSpread, spreadOf } from './figures.ts';
import { captured, fill, members, rotationId } from './filled-log.ts';
import { describeMachine } from './machine.ts';

const context: EventContext = { organizationId: defaultOrganization, actor: 'service:bench', cause: 'request:start' };

/** From connections that are just opened to the first decision on disk: by the whole log, and by a snapshot of it. */
export async function run(options: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...options],
    options: { events: { type: 'string', default: '1000000' }, runs: { type: 'string', default: '3' } },
  });
  return withBenchDatabase(async (url) => {
    console.log(await describeMachine(url));
    await migrate(url, [...eventLogMigrations, ...commandHandlingMigrations]);
    const log = new PostgresEventLog({ url, applicationName: 'bench start' });
    const pool = createPool({ url, applicationName: 'bench start' });
    const snapshots = new PostgresSnapshots(pool, distributionSnapshots);
    try {
      await setUpTeam(new CommandHandler(log, distributionProjection(log), Date.now), { rotationId, members });
      await fill(log, Number(values.events) / 2);
      console.log(`a log of ${(await log.head()).toLocaleString('en')} events:`);
      const replayed = distributionProjection(log, snapshots);
      const began = performance.now();
      await replayed.catchUp();
      console.log(`  read from its beginning: ${((performance.now() - began) / 1_000).toFixed(2)} s`);
      const keeping = performance.now();
      await replayed.keepSnapshot(1);
      console.log(`  a snapshot taken and kept: ${(performance.now() - keeping).toFixed(0)} ms`);
      const seconds: number[] = [];
      for (let number = 0; number < Number(values.runs); number += 1) seconds.push(await firstDecision(url, number));
      console.log(`  first decision, with the snapshot: ${formatSpread(spreadOf(seconds), 2)} s`);
      const kept = await snapshots.load(await log.id());
      const fromZero = distributionProjection(log);
      await fromZero.replayTo(kept?.position ?? 0);
      const [one, other] = [kept?.states.get(defaultOrganization), snapshotOf(fromZero.stateOf(defaultOrganization))];
      const isEqual = JSON.stringify(one) === JSON.stringify(other);
      console.log(`check: the snapshot is ${isEqual ? 'equal to a replay' : 'NOT what a replay gives'}`);
      return isEqual;
    } finally {
      await pool.end();
      await log.close();
    }
  });
}

/** Seconds until a lead that was captured before the start has its owner. */
async function firstDecision(url: string, number: number): Promise<number> {
  const leadId = `20000000-0000-5000-8000-${String(number).padStart(12, '0')}` as LeadId;
  const before = new PostgresEventLog({ url, applicationName: 'bench start' });
  const lead = captured(number);
  const event = toNewEvent({ ...lead, data: { ...lead.data, leadId } } as typeof lead, context);
  await before.append({ id: `capture ${leadId}`, events: [event], guards: [] });
  await before.close();
  const began = performance.now();
  const log = new PostgresEventLog({ url, applicationName: 'bench start' });
  const pool = createPool({ url, applicationName: 'bench start' });
  try {
    const projection = distributionProjection(log, new PostgresSnapshots(pool, distributionSnapshots));
    const outcome = await new CommandHandler(log, projection, Date.now).handle({ leadId, context, decide: assignLead });
    if (isRejected(outcome) || outcome[0]?.type !== 'LeadAssigned')
      throw new Error(`not assigned: ${JSON.stringify(outcome)}`);
    return (performance.now() - began) / 1_000;
  } finally {
    await pool.end();
    await log.close();
  }
}
