insert into waiting_leads (organization, lead_id, since, rotation_id)
select organization, lead_id, since, rotation_id
from unnest($1::text[], $2::text[], $3::bigint[], $4::text[]) as began (organization, lead_id, since, rotation_id)
on conflict (organization, lead_id) do update
  set since = excluded.since, rotation_id = excluded.rotation_id, changed = 0
