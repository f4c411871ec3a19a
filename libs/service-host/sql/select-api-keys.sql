select id, organization_id, kind, subject, created_at, revoked_at from api_keys order by created_at, id
