-- One row for each event, or one without an event: the head is told in any case. Looks into the gaps between events that
-- the reader has already, and leaves the payloads out for who does not want them. Planned once (see the settings of the
-- log's connections): the bounds of all gaps together leave out the partitions that are not concerned.
select h.head, e.position, e.at, e.version, e.organization, e.type,
  case when $9::boolean then e.payload end as payload
from (select coalesce((select last from batches order by first desc limit 1), 0) as head) as h
left join lateral (
  select found.*
  from unnest($3::bigint[], $4::bigint[]) as gap (after, until)
  cross join lateral (
    select *
    from events
    where position > $1 and position <= $2 and position > gap.after and position <= gap.until
      and ($5::text[] is null or type = any ($5))
      and ($6::text[] is null or type <> all ($6))
      and ($7::text is null or organization = $7)
    order by position
    limit $8
  ) as found
  limit $8
) as e on true
order by e.position
