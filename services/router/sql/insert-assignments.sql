insert into assignments (
  organization_id, lead_id, position, at, user_id, rotation_id, by_turn, claimed_at, missed_at, outcome
)
select *
from unnest(
  $1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::boolean[], $8::bigint[], $9::bigint[],
  $10::text[]
)
on conflict (organization_id, lead_id, position) do nothing
