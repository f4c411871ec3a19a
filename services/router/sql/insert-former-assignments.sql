insert into former_assignments (
  organization_id, lead_id, since_position, since, owner_id, rotation_id, given_by, source, claimed_at, missed_at, outcome
)
select *
from unnest(
  $1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[],
  $10::bigint[], $11::text[]
)
on conflict (organization_id, lead_id, since_position) do nothing
