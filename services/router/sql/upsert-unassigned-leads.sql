insert into unassigned_leads (organization_id, lead_id, since_position, since, rotation_id, waits, until, source)
select *
from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::bigint[], $8::text[])
on conflict (organization_id, lead_id) do update set
  since_position = excluded.since_position,
  since = excluded.since,
  rotation_id = excluded.rotation_id,
  waits = excluded.waits,
  until = excluded.until,
  source = excluded.source
