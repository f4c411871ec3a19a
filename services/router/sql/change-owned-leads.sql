-- A flag that is false, and what is null, leave theirs as it was.
update owned_leads as o
set
  claimed = o.claimed or c.claimed_at is not null,
  claimed_at = coalesce(c.claimed_at, o.claimed_at),
  missed_at = coalesce(c.missed_at, o.missed_at),
  due = case when c.ends_deadline then null else o.due end,
  outcome = coalesce(c.outcome, o.outcome),
  owner_found_inactive = o.owner_found_inactive or c.owner_found_inactive
from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::boolean[], $6::text[], $7::boolean[])
  as c (organization_id, lead_id, claimed_at, missed_at, ends_deadline, outcome, owner_found_inactive)
where o.organization_id = c.organization_id and o.lead_id = c.lead_id
