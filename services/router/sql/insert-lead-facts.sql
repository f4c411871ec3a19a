insert into lead_facts (organization_id, lead_id, source, lead_group, status)
select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
on conflict (organization_id, lead_id) do nothing
