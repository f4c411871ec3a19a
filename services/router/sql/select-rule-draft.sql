select rules, actor, saved_at::text as saved_at from rule_drafts where organization_id = $1
