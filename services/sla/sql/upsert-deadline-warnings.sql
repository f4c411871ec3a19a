-- By the policy in force at the turn, and not before they got the lead; of a rotation that does not warn, nothing.
insert into deadline_warnings (organization, lead_id, warn_at, due, assigned, contact_ids)
select
  organization, lead_id, greatest(since, due - warn_before), due, assigned, string_to_array(contact_ids, ',')
from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::text[])
  as opened (organization, lead_id, since, due, assigned, rotation_id, contact_ids)
join claim_warnings using (organization, rotation_id)
where warn_before > 0
on conflict (organization, lead_id) do update
set warn_at = excluded.warn_at, due = excluded.due, assigned = excluded.assigned, contact_ids = excluded.contact_ids
