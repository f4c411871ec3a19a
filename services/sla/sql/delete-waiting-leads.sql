delete from waiting_leads
using unnest($1::text[], $2::text[]) as ended (organization, lead_id)
where waiting_leads.organization = ended.organization and waiting_leads.lead_id = ended.lead_id
