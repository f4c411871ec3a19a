-- Makes one partition of the oldest sixteen of tags that are full, side by side, and not merged yet: who reads by tag looks
-- into each partition, which takes 50 µs and more each. Answers with the name of the new one; null when there is nothing
-- to merge, or another merge is under way.
--
-- Writes beside the table (nobody waits for it), then exchanges: that stops readers and
-- writers for as long as changing the catalog takes. While a long reader keeps it from that it tries again;
-- with lock_not_available it has given up, and nothing has changed.
create function merge_tag_partitions() returns text
language plpgsql volatile security definer
set search_path = public, pg_temp
set client_min_messages = warning
set maintenance_work_mem = '256MB'
set lock_timeout = '200ms'
as $$
declare
  slot constant bigint := 250000;
  many constant integer := 16;
  head bigint;
  slots integer[];
  low bigint;
  high bigint;
  merged text;
  part text;
begin
  if not pg_try_advisory_xact_lock(7204413) then return null; end if;
  select b.last into head from batches b order by b.first desc limit 1;
  -- Names tell: event_tags_000017 is of one slot, event_tags_000000_000015 is merged.
  select array_agg(t.number order by t.number) into slots
  from (
    select substring(c.relname from '^event_tags_(\d+)$')::integer as number
    from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'event_tags'::regclass
  ) as t
  where (t.number / many + 1) * many * slot <= head
  group by t.number / many
  having count(*) = many
  order by t.number / many
  limit 1;
  if slots is null then return null; end if;

  -- While somebody reads for long, a dump or `verify`, it would be written for nothing: an exception gives the lock back.
  begin
    lock table event_tags in access exclusive mode;
    raise exception using errcode = 'LR001';
  exception when sqlstate 'LR001' then
    null;
  end;

  low := slots[1] * slot;
  high := low + many * slot;
  merged := format('event_tags_%s_%s', lpad(slots[1]::text, 6, '0'), lpad(slots[many]::text, 6, '0'));
  execute format('create table %I (like event_tags)', merged);
  for i in 1 .. many loop
    execute format('insert into %I select * from %I', merged, 'event_tags_' || lpad(slots[i]::text, 6, '0'));
  end loop;
  -- Never written to again: its pages are full. By position for those who read it all, in slots.
  execute format('create index on %I (tag, position) with (deduplicate_items = off, fillfactor = 100)', merged);
  execute format('create index on %I using brin (position)', merged);
  execute format('alter table %I add constraint in_range check (position >= %s and position < %s)', merged, low, high);
  execute format('alter table %I alter position set not null, alter tag set not null', merged);
  execute format('grant select on %I to lead_rotator_service', merged);
  perform protect_table(merged::regclass);

  for attempt in 1 .. 5 loop
    begin
      lock table event_tags in access exclusive mode;
      exit;
    exception when lock_not_available then
      if attempt = 5 then raise; end if;
    end;
    perform pg_sleep(1);
  end loop;
  for i in 1 .. many loop
    part := 'event_tags_' || lpad(slots[i]::text, 6, '0');
    execute format('alter table event_tags detach partition %I', part);
    execute format('drop table %I', part);
  end loop;
  execute format('alter table event_tags attach partition %I for values from (%s) to (%s)', merged, low, high);
  execute format('alter table %I drop constraint in_range', merged);
  return merged;
end
$$
