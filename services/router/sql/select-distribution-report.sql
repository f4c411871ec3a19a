-- What was received between two instants, and what has become of it, by those columns that are wanted.
with assignments as (
  select owner_id, given_by, source, since, rotation_id, claimed_at, missed_at, outcome
  from owned_leads
  where organization_id = $1 and since >= $2 and since < $3
  union all
  select owner_id, given_by, source, since, rotation_id, claimed_at, missed_at, outcome
  from former_assignments
  where organization_id = $1 and since >= $2 and since < $3
),
received as (
  select
    case when $5 then owner_id end as member,
    case when $6 then given_by end as rotation,
    case when $7 then a.source end as source,
    case when $8 then to_char(to_timestamp(since / 1000.0) at time zone $4::text, 'YYYY-MM') end as month,
    since, rotation_id, claimed_at, missed_at, outcome
  from assignments as a
)
select
  member, rotation, source, month,
  count(*)::integer as received,
  count(rotation_id)::integer as turns,
  count(claimed_at)::integer as claimed,
  count(missed_at)::integer as missed,
  percentile_cont(0.5) within group (order by claimed_at - since) filter (where claimed_at is not null) as median,
  count(*) filter (where outcome = 'won')::integer as won,
  count(*) filter (where outcome = 'lost')::integer as lost
from received
group by member, rotation, source, month
