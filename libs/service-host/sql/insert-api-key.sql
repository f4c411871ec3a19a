insert into api_keys (id, hash, organization_id, kind, subject) values ($1, $2, $3, $4, $5)
