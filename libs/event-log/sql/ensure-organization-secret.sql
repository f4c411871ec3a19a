with made as (
  insert into organization_secrets (organization, secret) values ($1, $2) on conflict do nothing returning secret
)
select secret from made
union all
select secret from organization_secrets where organization = $1
