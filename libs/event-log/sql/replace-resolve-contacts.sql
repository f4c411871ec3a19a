-- The contact of each hash, in their order; what is missing is made with the key that is offered for it. Inserts go in the
-- order of the hashes, so that two who bring the same contacts wait for each other and never block each other. A row is
-- missing in the answer if its contact was forgotten in between: ask again.
--
-- A new id says where the log stands: 48 bits of that position, then a random UUID's, as version 8. Whoever is still to
-- learn of the contact can only append behind it.
create or replace function resolve_contacts(hashes uuid[], new_keys bytea[])
returns table (number bigint, contact_id uuid, key bytea)
language plpgsql volatile
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  stand constant text := lpad(to_hex(coalesce((select b.last from batches b order by b.first desc limit 1), 0)), 12, '0');
  prefix constant text := substr(stand, 1, 8) || '-' || substr(stand, 9) || '-8';
begin
  insert into contacts as c (contact_id, hash, key)
  select (prefix || substr(gen_random_uuid()::text, 16))::uuid, n.hash, n.key
  from (select distinct on (u.hash) u.hash, u.key from unnest(hashes, new_keys) as u (hash, key) order by u.hash) as n
  on conflict (hash) do nothing;

  return query
  select n.number, c.contact_id, c.key
  from unnest(hashes) with ordinality as n (hash, number)
  join contacts c on c.hash = n.hash;
end
$$
