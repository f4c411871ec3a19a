update waiting_leads
set changed = lead.changed
from unnest($1::text[], $2::text[], $3::bigint[]) as lead (organization, lead_id, changed)
where waiting_leads.organization = lead.organization and waiting_leads.lead_id = lead.lead_id
