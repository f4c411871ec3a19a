select e.position, e.at, e.version, e.organization, e.type, e.payload
from (select distinct position from event_tags where tag = any ($1::bigint[]) and position <= $2) as t
join events e on e.position = t.position
where $3::text[] is null or e.type = any ($3)
order by e.position
