-- Turns between two instants, by rotation and by the period of its shares in which they lie (from 1 on).
with periods as (
  select rotation_id, array_agg(start order by start) as starts
  from unnest($7::text[], $8::bigint[]) as p (rotation_id, start)
  group by rotation_id
)
select
  a.rotation_id as rotation,
  width_bucket(a.position, p.starts) as period,
  case when $5 then f.source end as source,
  case when $6 then to_char(to_timestamp(a.at / 1000.0) at time zone $4::text, 'YYYY-MM') end as month,
  count(*)::integer as turns
from assignments as a
join lead_facts as f on f.organization_id = a.organization_id and f.lead_id = a.lead_id
join periods as p on p.rotation_id = a.rotation_id
where a.organization_id = $1 and a.at >= $2 and a.at < $3 and a.by_turn
group by 1, 2, 3, 4
