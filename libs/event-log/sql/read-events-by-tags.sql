select e.position, e.at, e.version, e.organization, e.type, e.payload
from (select distinct position from event_tags where tag = any ($1::bigint[]) and position > $2 and position <= $3) as t
join lateral (select * from events where position = t.position) as e on true
where $4::text[] is null or e.type = any ($4)
order by e.position
