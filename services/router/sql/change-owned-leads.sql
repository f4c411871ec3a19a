-- A flag that is false, and what is null, leave theirs as it was.
update owned_leads as o
set
  claimed = o.claimed or c.claimed_at is not null,
  claimed_at = coalesce(c.claimed_at, o.claimed_at),
  missed_at = coalesce(c.missed_at, o.missed_at),
  due = case when c.ends_deadline then null else o.due end,
  outcome = coalesce(c.outcome, o.outcome),
  owner_found_inactive = o.owner_found_inactive or c.found_inactive is not null
from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::boolean[], $6::text[], $7::text[])
  as c (organization_id, lead_id, claimed_at, missed_at, ends_deadline, outcome, found_inactive)
where o.organization_id = c.organization_id and o.lead_id = c.lead_id
