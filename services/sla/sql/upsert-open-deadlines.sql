insert into open_deadlines (organization, lead_id, due, assigned, rotation_id, owner_id, contact_ids)
select organization, lead_id, due, assigned, rotation_id, owner_id, string_to_array(contact_ids, ',')
from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[])
  as opened (organization, lead_id, due, assigned, rotation_id, owner_id, contact_ids)
on conflict (organization, lead_id) do update
set due = excluded.due,
  assigned = excluded.assigned,
  rotation_id = excluded.rotation_id,
  owner_id = excluded.owner_id
