select e.position, e.at, e.version, e.organization, e.type, e.payload
from unnest($1::bigint[]) as p (position)
join lateral (select * from events where position = p.position) as e on true
where $2::text[] is null or e.type = any ($2)
order by e.position
