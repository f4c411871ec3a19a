import { PgBoss } from 'pg-boss';

export const queue = 'deadlines';

/** What a job carries. */
export interface Deadline {
  readonly leadId: string;
}

/** What a deadline is about: leads, the rotation that they go on in, and when each of them did. */
export const tables = `
create table lead (id text primary key, turn int, owner_id text);
create table rotation (members text[] not null, turn int not null);
create table fired (lead_id text not null, at timestamptz not null default clock_timestamp())`;

/** A pg-boss that looks after what was left behind as often as it can, so that a killed worker is noticed early. */
export const openBoss = (connectionString: string): PgBoss => {
  const everySecond = { superviseIntervalSeconds: 1, monitorIntervalSeconds: 1, queueCacheIntervalSeconds: 1 };
  const boss = new PgBoss({ connectionString, max: 10, ...everySecond });
  boss.on('error', (error) => console.error(error));
  return boss;
};
