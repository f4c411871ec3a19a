delete from unassigned_leads as u
using unnest($1::text[], $2::text[]) as gone (organization_id, lead_id)
where u.organization_id = gone.organization_id and u.lead_id = gone.lead_id
