delete from deadline_warnings
using unnest($1::text[], $2::text[]) as ended (organization, lead_id)
where deadline_warnings.organization = ended.organization and deadline_warnings.lead_id = ended.lead_id
