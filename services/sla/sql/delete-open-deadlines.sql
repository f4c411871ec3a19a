delete from open_deadlines
using unnest($1::text[], $2::text[]) as ended (organization, lead_id)
where open_deadlines.organization = ended.organization and open_deadlines.lead_id = ended.lead_id
