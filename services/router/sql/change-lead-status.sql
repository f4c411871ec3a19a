update lead_facts as f
set status = c.status
from unnest($1::text[], $2::text[], $3::text[]) as c (organization_id, lead_id, status)
where f.organization_id = c.organization_id and f.lead_id = c.lead_id
