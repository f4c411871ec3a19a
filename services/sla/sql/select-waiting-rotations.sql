-- Asked twice a second, however many leads wait: from each rotation to the next by the index, and of each the last row.
with recursive rotations as (
  (select organization, rotation_id from waiting_leads order by organization, rotation_id limit 1)
  union all
  select next.organization, next.rotation_id
  from rotations as last
  cross join lateral (
    select organization, rotation_id
    from waiting_leads
    where (organization, rotation_id) > (last.organization, last.rotation_id)
    order by organization, rotation_id
    limit 1
  ) as next
)
select r.organization, r.rotation_id, s.newest, c.changed
from rotations as r
cross join lateral (
  select max(since) as newest
  from waiting_leads
  where organization = r.organization and rotation_id = r.rotation_id
) as s
cross join lateral (
  select max(changed) as changed
  from waiting_leads
  where organization = r.organization and rotation_id = r.rotation_id
) as c
