import { createPool } from '@lead-rotator/postgres';
import type pg from 'pg';

const slot = 250_000;
/** Sixteen slots: the positions of a partition of events, and of one of tags that was merged. */
const block = 16 * slot;
const eventsPerBatch = 500;

/**
 * Lays a log of so many events into a migrated, empty database, as it stands when all partitions of tags are merged but
 * the last sixteen that can be: captured leads, and each assigned right after. Made by the server in bulk; the hashes of
 * its batches are none, so it can be read and appended to, and not verified. `events` is a multiple of 250,000.
 */
export async function fillLog(url: string, events: number, onProgress: (position: number) => void): Promise<void> {
  const pool = createPool({
    url,
    applicationName: 'bench fill',
    statementMilliseconds: 0,
    settings: { maintenance_work_mem: '512MB' },
  });
  try {
    await dropPartitions(pool);
    await pool.query('alter table units drop constraint units_pkey');
    const lowest: number[] = [];
    for (let low = 0; low < events; low += block) lowest.push(low);
    let filled = 0;
    const lastFull = (Math.floor(events / block) - 1) * block;
    const filler = async () => {
      for (let low = lowest.shift(); low !== undefined; low = lowest.shift()) {
        const high = Math.min(low + block, events);
        await fillBlock(pool, low, high, low < lastFull);
        filled += high - low;
        onProgress(filled);
      }
    };
    await Promise.all([filler(), filler()]);
    await pool.query('alter table units add primary key (id)');
    await pool.query(batches, [events, eventsPerBatch]);
    await pool.query('select add_partitions($1, 2)', [events]);
    await pool.query('analyze');
  } finally {
    await pool.end();
  }
}

async function dropPartitions(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    "select inhrelid::regclass::text as name from pg_inherits where inhparent in ('events'::regclass, 'event_tags'::regclass)",
  );
  for (const { name } of rows) await pool.query(`drop table ${name}`);
}

/** Positions `low` to `high - 1`, of one partition of events; of tags one too if they are merged, else one for each slot. */
async function fillBlock(pool: pg.Pool, low: number, high: number, merged: boolean): Promise<void> {
  const last = low + block;
  const name = `events_${numberOf(low)}`;
  await pool.query(`create table ${name} (like events including all)`);
  await pool.query(insertEvents(name), [low, high - 1]);
  await attach(pool, 'events', name, low, last);
  await pool.query(units, [low, high - 1]);
  const step = merged ? block : slot;
  for (let from = low; from < high; from += step) {
    const through = merged ? `_${numberOf(from + step - slot)}` : '';
    const tags = `event_tags_${numberOf(from)}${through}`;
    await pool.query(`create table ${tags} (like event_tags)`);
    await pool.query(insertTags(tags), [from, from + step - 1]);
    await pool.query(`create index on ${tags} (tag, position) with (deduplicate_items = off)`);
    await attach(pool, 'event_tags', tags, from, from + step);
  }
}

async function attach(pool: pg.Pool, parent: string, name: string, from: number, to: number): Promise<void> {
  await pool.query(`alter table ${name} add constraint in_range check (position >= ${from} and position < ${to})`);
  await pool.query(`alter table ${parent} attach partition ${name} for values from (${from}) to (${to})`);
  await pool.query(`grant select on ${name} to lead_rotator_service`);
}

const numberOf = (position: number): string => String(position / slot).padStart(6, '0');

/** Number of the lead that an event is about: two events each. */
const lead = `lpad(((p + 1) / 2)::text, 12, '0')`;
const leadId = `'00000000-0000-5000-8000-' || ${lead}`;
const contactId = `'10000000-0000-4000-8000-' || ${lead}`;

/** The lead's id and that of its contact, as they stand in the tags. */
export const tagsOfLead = (number: number): { lead: string; contact: string } => {
  const digits = String(number).padStart(12, '0');
  return { lead: `lead:00000000-0000-5000-8000-${digits}`, contact: `contact:10000000-0000-4000-8000-${digits}` };
};

const insertEvents = (name: string) => `
insert into ${name} (position, at, version, organization, type, payload)
select p, 1767225600000 + p, 1, 'default',
  case when p % 2 = 1 then 'LeadCaptured' else 'LeadAssigned' end,
  case when p % 2 = 1
    then '{"data":{"leadId":"' || ${leadId} || '","contactIds":["' || ${contactId} || '"],"at":"2026-01-05T09:00:00.000Z","source":"facebook","sourceLeadId":"lead-' || p || '","status":"new","receivedAt":"2026-01-05T09:00:00.000Z","person":{}},"actor":"service:intake","cause":"request:fill"}'
    else '{"data":{"leadId":"' || ${leadId} || '","contactIds":["' || ${contactId} || '"],"at":"2026-01-05T09:00:00.000Z","ownerId":"member-' || p % 100 || '","rotationId":"web","turn":{"number":' || p / 2 || ',"strategy":"round-robin","passedOver":[]},"why":{"step":"rules","reason":"turn","ruleSet":0}},"actor":"service:router","cause":"event:' || p - 1 || '"}'
  end
from generate_series(greatest($1::bigint, 1), $2::bigint) as p`;

/** As `hashTag` gives it. */
const hashed = (text: string) =>
  `('x' || encode(substring(sha256('default'::bytea || '\\x00'::bytea || convert_to(${text}, 'UTF8')) from 1 for 8), 'hex'))::bit(64)::bigint`;

const insertTags = (name: string) => `
insert into ${name} (tag, position)
select unnest(case when p % 2 = 1 then array[lead, contact] else array[lead, contact, rotation] end), p
from (
  select p, ${hashed(`'lead:' || ${leadId}`)} as lead, ${hashed(`'contact:' || ${contactId}`)} as contact,
    ${hashed("'rotation:web'")} as rotation
  from generate_series(greatest($1::bigint, 1), $2::bigint) as p
) as e`;

/** Intake's, one for each lead: routers write hundreds of turns in one. */
const units = `
insert into units (id, first, last)
select gen_random_uuid(), p, p from generate_series(greatest($1::bigint, 1), $2::bigint) as p where p % 2 = 1`;

const batches = `
insert into batches (first, last, at, root, units, previous, hash)
select b.first, least(b.first + $2 - 1, $1 - 1), 1767225600000 + b.first, sha256('a'), sha256('b'), sha256('c'), sha256('d')
from generate_series(1::bigint, $1::bigint - 1, $2::bigint) as b (first)`;
