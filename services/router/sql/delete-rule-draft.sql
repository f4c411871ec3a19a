-- only as it was read: what somebody has saved since is kept
delete from rule_drafts where organization_id = $1 and saved_at = $2::timestamptz
