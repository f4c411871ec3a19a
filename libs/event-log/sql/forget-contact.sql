with forgotten as (delete from contacts where contact_id = $1)
select pg_notify('lead_rotator_forgotten', $1::uuid::text)
