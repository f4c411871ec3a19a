-- Makes partitions up to `ahead` slots of 250,000 positions behind the slot of a position; each begins where the one
-- before it ends. The append calls it whenever it enters a new slot, so that empty ones always lie ahead. A partition is
-- made beside the table and then attached, which stops neither readers nor writers (`create table … partition of` would
-- stop both), and takes 15 ms.
--
-- Tags: one slot each. An index that tags go into at random is the dearer the larger it is: an event costs 31 µs while
-- it is small and 37 µs at a million events, and more where it no longer fits into memory. Readers by tag look into each
-- partition, so full ones are merged later. Events: sixteen slots each. They come in the order of their index, and who
-- reads some by position opens every partition: 10 ms with 400 of them.
create or replace function add_partitions(at_position bigint, ahead integer) returns void
language plpgsql set search_path = public, pg_temp set client_min_messages = warning as $$
declare
  slot constant bigint := 250000;
  needed constant bigint := (at_position / slot + ahead + 1) * slot;
  parent text;
  size bigint;
  lower bigint;
  upper bigint;
  partition text;
begin
  foreach parent in array array['events', 'event_tags'] loop
    size := case parent when 'events' then 16 * slot else slot end;
    loop
      select coalesce(max(substring(pg_get_expr(c.relpartbound, c.oid) from $re$TO \('?(\d+)'?\)$re$)::bigint), 0)
      into lower
      from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = parent::regclass;
      exit when lower >= needed;
      upper := (lower / size + 1) * size;
      partition := format('%s_%s', parent, lpad((lower / slot)::text, 6, '0'));
      execute format('create table %I (like %I including all)', partition, parent);
      execute format('alter table %I add constraint in_range check (position >= %s and position < %s)', partition, lower, upper);
      execute format('alter table %I attach partition %I for values from (%s) to (%s)', parent, partition, lower, upper);
      execute format('alter table %I drop constraint in_range', partition);
      execute format('grant select on %I to lead_rotator_service', partition);
      perform protect_table(partition::regclass);
    end loop;
  end loop;
end
$$
