import type { Command } from 'commander';
import pg from 'pg';
import { type OperatorTools, withOperatorTools } from '../open-for-operator.ts';

const name = 'renew-log';

/** What stands on positions of the log and is not made from it. */
const standsOnTheLog = ['relay_cursors', 'bus_offsets'];

export function addRenewLog(program: Command): void {
  program
    .command(name)
    .description('after a restore: give the log a new id, by which all that stands on the old one notices it')
    .option('--yes', 'do it; otherwise it is only told what would be done')
    .action(({ yes }: { readonly yes?: true }) => withOperatorTools(name, (tools) => renewLog(tools, yes)));
}

async function renewLog({ log, ownerUrl }: OperatorTools, yes: true | undefined): Promise<void> {
  const [before, head] = [await log.id(), await log.head()];
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => {});
  await client.connect();
  try {
    const running = await servicesOn(client);
    if (running.length > 0) {
      throw new Error(`the log is in use by ${running.join(', ')}: stop all services first`);
    }
    if (yes !== true) {
      console.log(
        `log ${before}, ${head} events: would get a new id, and ${standsOnTheLog.join(', ')} would be emptied`,
      );
      console.log('Nothing was done yet. Add --yes to do it.');
      return;
    }
    // Who connects just now has found the old id, and appends nothing under it any more.
    const steps = `select renew_log_identity(); truncate ${standsOnTheLog.join(', ')}`;
    await client.query(`begin; set local lock_timeout = '10s'; ${steps}; commit`);
    console.log(`log ${before} is log ${await log.id()} now, ${head} events`);
    console.log('Next: lead-rotator rebuild');
  } finally {
    await client.end();
  }
}

/** As they are called on the server. */
async function servicesOn(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ application_name: string }>(
    `select distinct application_name from pg_stat_activity
     where datname = current_database() and application_name like 'lead-rotator %' and application_name not like $1
     order by 1`,
    [`lead-rotator ${name}%`],
  );
  return rows.map((row) => row.application_name);
}
