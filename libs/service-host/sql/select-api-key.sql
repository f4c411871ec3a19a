select id, organization_id, kind, subject from api_keys where hash = $1 and revoked_at is null
