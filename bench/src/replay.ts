import { parseArgs } from 'node:util';
import { CommandHandler, distributionProjection } from '@lead-rotator/command-handling';
import { eventLogMigrations, PostgresEventLog } from '@lead-rotator/event-log';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { migrate } from '@lead-rotator/postgres';
import { setUpTeam } from '@lead-rotator/test-cluster';
import { withBenchDatabase } from './bench-database.ts';
import { formatSpread, spreadOf } from './figures.ts';
import { fill, members, rotationId } from './filled-log.ts';
import { describeMachine } from './machine.ts';

/** From an empty memory to the rotations as they stand: a log of captured and assigned leads, read and evolved. */
export async function run(options: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...options],
    options: { leads: { type: 'string', default: '250000' }, runs: { type: 'string', default: '5' } },
  });
  const leads = Number(values.leads);
  return withBenchDatabase(async (url) => {
    console.log(await describeMachine(url));
    await migrate(url, eventLogMigrations);
    const log = new PostgresEventLog({ url, applicationName: 'bench replay' });
    try {
      await setUpTeam(new CommandHandler(log, distributionProjection(log), Date.now), { rotationId, members });
      await fill(log, leads);
      const head = await log.head();
      const all: number[] = [];
      const read: number[] = [];
      let sent = 0;
      for (let count = 0; count < Number(values.runs); count += 1) {
        const projection = distributionProjection(log);
        const began = performance.now();
        await projection.catchUp();
        const seconds = (performance.now() - began) / 1_000;
        all.push(head / seconds);
        read.push((head - leads) / seconds);
        const rotation = projection.stateOf(defaultOrganization).rotations.get(rotationId);
        sent = members.reduce((sum, member) => sum + (rotation?.sentTo(member) ?? 0), 0);
      }
      console.log(
        `replay of ${head.toLocaleString('en')} events, ${leads.toLocaleString('en')} of them left out by SQL:`,
      );
      console.log(`  positions passed a second: ${formatSpread(spreadOf(all), 0)}`);
      console.log(`  events evolved a second: ${formatSpread(spreadOf(read), 0)}`);
      console.log(`check: ${sent} turns counted by the projection, ${leads} in the log`);
      return sent === leads;
    } finally {
      await log.close();
    }
  });
}
