-- Makes the partition of a position and the next ones, 250,000 positions each. An index that tags go into at random is
-- the dearer the larger it is: an event costs 31 µs while it is small and 37 µs at a million events, and more where it
-- no longer fits into memory. Smaller partitions would cost readers by tag, who look into each. The append calls it whenever it enters
-- a new partition, so that two empty ones always lie ahead. A partition is made beside the table and then attached,
-- which stops neither readers nor writers (`create table … partition of` would stop both), and takes 15 ms.
create function add_partitions(at_position bigint, ahead integer) returns void
language plpgsql set search_path = public, pg_temp set client_min_messages = warning as $$
declare
  size constant bigint := 250000;
  number bigint;
  parent text;
  partition text;
begin
  for number in at_position / size .. at_position / size + ahead loop
    foreach parent in array array['events', 'event_tags'] loop
      partition := format('%s_%s', parent, lpad(number::text, 6, '0'));
      continue when to_regclass(partition) is not null;
      execute format('create table %I (like %I including all)', partition, parent);
      execute format(
        'alter table %I add constraint in_range check (position >= %s and position < %s)',
        partition, number * size, (number + 1) * size
      );
      execute format(
        'alter table %I attach partition %I for values from (%s) to (%s)',
        parent, partition, number * size, (number + 1) * size
      );
      execute format('alter table %I drop constraint in_range', partition);
      execute format('grant select on %I to lead_rotator_service', partition);
      perform protect_table(partition::regclass);
    end loop;
  end loop;
end
$$
