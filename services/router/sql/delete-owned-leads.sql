delete from owned_leads as o
using unnest($1::text[], $2::text[]) as gone (organization_id, lead_id)
where o.organization_id = gone.organization_id and o.lead_id = gone.lead_id
