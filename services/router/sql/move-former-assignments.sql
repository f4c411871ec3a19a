-- Of leads that go to somebody else, or to nobody: whoever had them until that event.
insert into former_assignments (
  organization_id, lead_id, since_position, since, owner_id, rotation_id, given_by, source, claimed_at, missed_at, outcome
)
select
  o.organization_id, o.lead_id, o.since_position, o.since, o.owner_id, o.rotation_id, o.given_by, o.source,
  o.claimed_at, o.missed_at, o.outcome
from owned_leads as o
join unnest($1::text[], $2::text[], $3::bigint[]) as left_by (organization_id, lead_id, position)
  on o.organization_id = left_by.organization_id and o.lead_id = left_by.lead_id and o.since_position < left_by.position
on conflict (organization_id, lead_id, since_position) do nothing
