insert into owned_leads (
  organization_id, lead_id, owner_id, since_position, since, rotation_id, due, claimed, outcome, owner_found_inactive,
  given_by, source, claimed_at, missed_at
)
select *
from unnest(
  $1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[], $8::boolean[], $9::text[],
  $10::boolean[], $11::text[], $12::text[], $13::bigint[], $14::bigint[]
)
on conflict (organization_id, lead_id) do update set
  owner_id = excluded.owner_id,
  since_position = excluded.since_position,
  since = excluded.since,
  rotation_id = excluded.rotation_id,
  due = excluded.due,
  claimed = excluded.claimed,
  outcome = excluded.outcome,
  owner_found_inactive = excluded.owner_found_inactive,
  given_by = excluded.given_by,
  source = excluded.source,
  claimed_at = excluded.claimed_at,
  missed_at = excluded.missed_at
