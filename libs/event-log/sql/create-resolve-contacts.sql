-- The contact of each hash, in their order; what is missing is made, and a key where one is offered and none is there.
-- Inserts go in the order of the hashes and of the ids, so that two who bring the same contacts wait for each other and
-- never block each other. A row is missing in the answer if its contact was forgotten in between: ask again.
create function resolve_contacts(hashes bytea[], new_keys bytea[])
returns table (number bigint, contact_id uuid, key bytea)
language plpgsql volatile
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
begin
  insert into contact_identifiers (hash, contact_id)
  select h.hash, gen_random_uuid()
  from (select distinct u.hash from unnest(hashes) as u (hash) order by u.hash) as h
  on conflict do nothing;

  insert into contact_keys (contact_id, key)
  select distinct on (i.contact_id) i.contact_id, n.key
  from unnest(hashes, new_keys) as n (hash, key)
  join contact_identifiers i on i.hash = n.hash
  where n.key is not null
  order by i.contact_id
  on conflict do nothing;

  return query
  select n.number, i.contact_id, k.key
  from unnest(hashes) with ordinality as n (hash, number)
  join contact_identifiers i on i.hash = n.hash
  left join contact_keys k on k.contact_id = i.contact_id;
end
$$
