-- The last assignment of each lead; what is null leaves its column as it was.
update assignments as a
set
  claimed_at = coalesce(c.claimed_at, a.claimed_at),
  missed_at = coalesce(c.missed_at, a.missed_at),
  outcome = coalesce(c.outcome, a.outcome)
from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[])
  as c (organization_id, lead_id, claimed_at, missed_at, outcome)
where a.organization_id = c.organization_id
  and a.lead_id = c.lead_id
  and a.position = (
    select max(position)
    from assignments as l
    where l.organization_id = c.organization_id and l.lead_id = c.lead_id
  )
