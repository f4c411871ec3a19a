-- Turns between two instants, by rotation and by the period of its shares in which they lie (from 1 on).
with periods as (
  select rotation_id, array_agg(start order by start) as starts
  from unnest($7::text[], $8::bigint[]) as p (rotation_id, start)
  group by rotation_id
),
turns as (
  select rotation_id, source, since, since_position
  from owned_leads
  where organization_id = $1 and since >= $2 and since < $3 and rotation_id is not null
  union all
  select rotation_id, source, since, since_position
  from former_assignments
  where organization_id = $1 and since >= $2 and since < $3 and rotation_id is not null
)
select
  t.rotation_id as rotation,
  width_bucket(t.since_position, p.starts) as period,
  case when $5 then t.source end as source,
  case when $6 then to_char(to_timestamp(t.since / 1000.0) at time zone $4::text, 'YYYY-MM') end as month,
  count(*)::integer as turns
from turns as t
join periods as p on p.rotation_id = t.rotation_id
group by 1, 2, 3, 4
