select count(*)::integer as waiting
from unassigned_leads
where organization_id = $1 and rotation_id = $2 and waits is not null
