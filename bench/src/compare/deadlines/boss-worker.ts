import { readyForParent } from '../child.ts';
import { type Deadline, openBoss, queue } from './boss-settings.ts';

const reassign = `
with reassigned as (
  update lead set turn = $2 + due.number, owner_id = members[($2 + due.number - 1) % cardinality(members) + 1]
  from unnest($1::text[]) with ordinality as due (lead_id, number), rotation
  where lead.id = due.lead_id
  returning lead.id
)
insert into fired (lead_id) select id from reassigned`;

/** `node boss-worker.js <database>`: gives what is due to the next in turn, a batch and its completion in one transaction. */
const [, , databaseUrl = ''] = process.argv;
const boss = openBoss(databaseUrl);
await boss.start();
const options = {
  batchSize: 500,
  localConcurrency: 2,
  pollingIntervalSeconds: 0.5,
  burstWhenBatchFull: true,
  transactional: true,
} as const;
await boss.work<Deadline, void, typeof options>(queue, options, async (jobs, transaction) => {
  const leads = jobs.map(({ data }) => data.leadId);
  const { rows } = await transaction.executeSql('update rotation set turn = turn + $1 returning turn - $1 as turn', [
    leads.length,
  ]);
  await transaction.executeSql(reassign, [leads, rows[0].turn]);
});
readyForParent();
