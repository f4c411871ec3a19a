-- As read-events.sql, without what is dear about an event.
select h.head, e.position, e.at
from (select coalesce((select last from batches order by first desc limit 1), 0) as head) as h
left join lateral (
  select position, at
  from events
  where position > $1 and position <= $2
    and ($3::text[] is null or type = any ($3))
    and ($4::text[] is null or type <> all ($4))
    and ($5::text is null or organization = $5)
  order by position
  limit $6
) as e on true
order by e.position
