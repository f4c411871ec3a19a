-- Of events that the caller knows ($4), the position alone.
select t.position, e.at, e.version, e.organization, e.type, e.payload
from (select distinct position from event_tags where tag = any ($1::bigint[]) and position <= $2) as t
left join lateral (
  select * from events where position = t.position and t.position <> all ($4::bigint[])
) as e on true
where e.position is null or $3::text[] is null or e.type = any ($3)
order by t.position
