with made as (
  insert into contacts (contact_id, key)
  select n.id, n.key from unnest($1::uuid[], $2::bytea[]) as n (id, key) order by n.id
  on conflict do nothing
  returning contact_id, key
)
select contact_id, key from made
union all
select contact_id, key from contacts where contact_id = any ($1)
