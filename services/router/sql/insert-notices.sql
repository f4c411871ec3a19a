insert into notices (organization_id, position, at, notice, lead_id, rotation_id, user_id)
select * from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[])
on conflict (organization_id, position) do nothing
