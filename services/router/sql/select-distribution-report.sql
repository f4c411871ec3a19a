-- What was received between two instants, and what has become of it, by those columns that are wanted.
with received as (
  select
    case when $5 then a.user_id end as member,
    case when $6 then a.rotation_id end as rotation,
    case when $7 then f.source end as source,
    case when $8 then to_char(to_timestamp(a.at / 1000.0) at time zone $4::text, 'YYYY-MM') end as month,
    a.at, a.by_turn, a.claimed_at, a.missed_at, a.outcome
  from assignments as a
  join lead_facts as f on f.organization_id = a.organization_id and f.lead_id = a.lead_id
  where a.organization_id = $1 and a.at >= $2 and a.at < $3
)
select
  member, rotation, source, month,
  count(*)::integer as received,
  count(*) filter (where by_turn)::integer as turns,
  count(claimed_at)::integer as claimed,
  count(missed_at)::integer as missed,
  percentile_cont(0.5) within group (order by claimed_at - at) filter (where claimed_at is not null) as median,
  count(*) filter (where outcome = 'won')::integer as won,
  count(*) filter (where outcome = 'lost')::integer as lost
from received
group by member, rotation, source, month
