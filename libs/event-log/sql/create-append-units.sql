-- Appends units: the whole call or nothing, and of each unit all of its events or none.
--
-- Answers with one row for the batch (unit 0: its first and last position; last = first - 1 if nothing was appended)
-- and one for each unit that was not simply appended: repeated (its positions of old), or refused (the number of the
-- guard that did not hold and, if the log knew, where its tag stands now).
--
-- Settings: plans are made once and go by index. A hash or merge join, or a sequential scan chosen while a table was
-- small, becomes a scan of the whole tag table once that has grown. Where it is many rows, arrays are taken apart in the
-- select list, in step: `from unnest(a, b)` first writes each of them to a table in memory, 0.4 µs an event each time.
create function append_units(
  -- for each unit its id, and the numbers of its first and last event in the call
  unit_ids uuid[], unit_firsts integer[], unit_lasts integer[],
  -- for each event, in the order of units
  times bigint[], versions integer[], organizations text[], types text[], payloads text[],
  -- for each event the hashes of its tags, ascending, as 8 bytes each; and for each of those: hash, number of its event
  tag_bytes bytea[], tags bigint[], tag_events integer[],
  -- for each tag that is guarded: its hash, and the lowest position that a guard has read it at
  guarded_tags bigint[], guarded_after bigint[],
  -- for each guard: number of its unit, of its tag among the guarded, and the position it was read at
  guard_units integer[], guard_tags integer[], guard_after bigint[],
  -- what units of this call do to one another, in their order, a unit's guards before its tags: number of the unit, of
  -- the guarded tag, and of the guard that looks at it (0: the unit carries the tag)
  touch_units integer[], touch_tags integer[], touch_guards integer[]
) returns table (unit integer, first_position bigint, last_position bigint, refused_guard integer, moved_to bigint)
language plpgsql volatile security definer
set search_path = public, pg_temp
set jit = off
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
set enable_bitmapscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  head bigint;
  chain bytea;
  lowest bigint;
  newest bigint[];
  all_new boolean := false;
  outcome integer[];
  touched boolean[];
  renumbered integer[];
  leaves bytea[];
  root bytea;
  units_digest bytea;
  batch_at bigint;
  size integer;
  i integer;
begin
  -- A statement of its own: the next one sees what the last holder has committed. Held until the commit is done, so
  -- positions are in commit order, and a repeated unit waits for a first try that is still committing.
  perform pg_advisory_xact_lock(7204410);
  select b.last, b.hash into head, chain from batches b order by b.first desc limit 1;
  if not found then
    head := 0;
    select sha256(uuid_send(l.id)) into chain from log_identity l order by l.since limit 1;
  end if;

  -- The newest position of each guarded tag, as far as it lies behind the lowest that any guard has read: one bound for
  -- all leaves the older partitions out once, and not again for each tag.
  select min(g.after) into lowest from unnest(guarded_after) as g (after);
  newest := array(
    select (select t.position from event_tags t where t.tag = g.tag and t.position > lowest order by t.position desc limit 1)
    from unnest(guarded_tags) with ordinality as g (tag, number)
    order by g.number
  );

  -- Almost always every guard holds and every unit is new; the index over the units' ids then says the last of it.
  if not exists (select from unnest(newest, guarded_after) as g (newest, after) where g.newest > g.after)
    and cardinality(touch_units) = 0
  then
    begin
      insert into units (id, first, last)
      select u.id, head + u.first, head + u.last from unnest(unit_ids, unit_firsts, unit_lasts) as u (id, first, last);
      all_new := true;
    exception when unique_violation then
      all_new := false;
    end;
  end if;

  if not all_new then
    -- outcome: 0 appended, -1 repeated, else the number of the guard that refuses it.
    outcome := array_fill(0, array[cardinality(unit_ids)]);
    for unit, first_position, last_position in
      select n.number, u.first, u.last
      from unnest(unit_ids) with ordinality as n (id, number)
      join units u on u.id = n.id
    loop
      outcome[unit] := -1;
      return next;
    end loop;
    first_position := null;
    last_position := null;

    for unit, refused_guard in
      select g.unit, min(g.number)
      from unnest(guard_units, guard_tags, guard_after) with ordinality as g (unit, tag, after, number)
      where newest[g.tag] > g.after
      group by g.unit
    loop
      if outcome[unit] = 0 then outcome[unit] := refused_guard; end if;
    end loop;

    touched := array_fill(false, array[cardinality(guarded_tags)]);
    for i in 1 .. cardinality(touch_units) loop
      unit := touch_units[i];
      continue when outcome[unit] <> 0;
      if touch_guards[i] = 0 then
        touched[touch_tags[i]] := true;
      elsif touched[touch_tags[i]] then
        outcome[unit] := touch_guards[i];
      end if;
    end loop;

    for unit, refused_guard in
      select n.number, n.guard from unnest(outcome) with ordinality as n (guard, number) where n.guard > 0
    loop
      moved_to := newest[guard_tags[refused_guard]];
      if moved_to <= guard_after[refused_guard] then moved_to := null; end if;
      return next;
    end loop;

    -- The new number of each event that stays; 0 for the others.
    renumbered := array(
      select case when u.outcome = 0 then (count(*) filter (where u.outcome = 0) over (order by e.number))::integer else 0 end
      from unnest(unit_firsts, unit_lasts, outcome) as u (first, last, outcome),
        generate_series(u.first, u.last) as e (number)
      order by e.number
    );
    select array_agg(u.id order by u.first), array_agg(renumbered[u.first] order by u.first),
      array_agg(renumbered[u.last] order by u.first)
    into unit_ids, unit_firsts, unit_lasts
    from unnest(unit_ids, unit_firsts, unit_lasts, outcome) as u (id, first, last, outcome) where u.outcome = 0;
    select array_agg(t.tag), array_agg(renumbered[t.event]) into tags, tag_events
    from unnest(tags, tag_events) as t (tag, event) where renumbered[t.event] > 0;
    select array_agg(e.at), array_agg(e.version), array_agg(e.organization), array_agg(e.type), array_agg(e.payload),
      array_agg(e.tags)
    into times, versions, organizations, types, payloads, tag_bytes
    from unnest(times, versions, organizations, types, payloads, tag_bytes)
      with ordinality as e (at, version, organization, type, payload, tags, number)
    where renumbered[e.number] > 0;

    insert into units (id, first, last)
    select u.id, head + u.first, head + u.last from unnest(unit_ids, unit_firsts, unit_lasts) as u (id, first, last);
  end if;

  size := coalesce(cardinality(times), 0);
  unit := 0;
  first_position := head + 1;
  last_position := head + size;
  refused_guard := null;
  moved_to := null;
  return next;
  if size = 0 then return; end if;
  if last_position / 250000 > head / 250000 then perform add_partitions(last_position, 2); end if;

  insert into events (position, at, version, organization, type, payload)
  select head + generate_series(1, size), unnest(times), unnest(versions), unnest(organizations), unnest(types), unnest(payloads);

  insert into event_tags (tag, position)
  select unnest(tags), head + unnest(tag_events);

  leaves := array(
    select sha256(
      '\x00'::bytea || int8send(head + e.number) || int8send(e.at)
      || int4send(octet_length(e.organization)) || convert_to(e.organization, 'UTF8')
      || int4send(octet_length(e.type)) || convert_to(e.type, 'UTF8') || int4send(e.version)
      || int4send(octet_length(e.tags)) || e.tags
      || int4send(octet_length(e.payload)) || convert_to(e.payload, 'UTF8')
    )
    from (
      select generate_series(1, size) as number, unnest(times) as at, unnest(versions) as version,
        unnest(organizations) as organization, unnest(types) as type, unnest(payloads) as payload, unnest(tag_bytes) as tags
    ) as e
  );
  root := merkle_root(leaves);
  select sha256(string_agg(uuid_send(u.id) || int8send(head + u.first) || int8send(head + u.last), '' order by u.first))
  into units_digest
  from unnest(unit_ids, unit_firsts, unit_lasts) as u (id, first, last);
  batch_at := floor(extract(epoch from clock_timestamp()) * 1000);
  insert into batches (first, last, at, root, units, previous, hash)
  values (
    head + 1, head + size, batch_at, root, units_digest, chain,
    sha256(chain || int8send(head + 1) || int8send(head + size) || int8send(batch_at) || root || units_digest)
  );
  perform pg_notify('lead_rotator_log', (head + size)::text);
end
$$
