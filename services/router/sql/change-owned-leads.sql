-- A flag that is false and an outcome that is null leave theirs as it was.
update owned_leads as o
set
  claimed = o.claimed or c.claimed,
  due = case when c.ends_deadline then null else o.due end,
  outcome = coalesce(c.outcome, o.outcome),
  owner_found_inactive = o.owner_found_inactive or c.owner_found_inactive
from unnest($1::text[], $2::text[], $3::boolean[], $4::boolean[], $5::text[], $6::boolean[])
  as c (organization_id, lead_id, claimed, ends_deadline, outcome, owner_found_inactive)
where o.organization_id = c.organization_id and o.lead_id = c.lead_id
