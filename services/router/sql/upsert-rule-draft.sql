insert into rule_drafts (organization_id, rules, actor)
values ($1, $2, $3)
on conflict (organization_id) do update
  set rules = excluded.rules, actor = excluded.actor, saved_at = clock_timestamp()
