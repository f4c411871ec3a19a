with identifiers as (delete from contact_identifiers where contact_id = $1),
keys as (delete from contact_keys where contact_id = $1)
select pg_notify('lead_rotator_forgotten', $1::uuid::text)
