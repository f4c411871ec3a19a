-- Who is active again may be deactivated again, and leaves their leads once more.
update owned_leads as o
set owner_found_inactive = false
from unnest($1::text[], $2::text[]) as a (organization_id, user_id)
where o.organization_id = a.organization_id and o.owner_id = a.user_id and o.owner_found_inactive
