-- only if the organization never had one
insert into api_keys (id, hash, organization_id, kind)
select $1, $2, $3, 'admin'
where not exists (select from api_keys where organization_id = $3)
