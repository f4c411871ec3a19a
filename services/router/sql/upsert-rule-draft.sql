-- $4: what it is to be in place of, to the millisecond that answers show; null: of whatever is there
insert into rule_drafts (organization_id, rules, actor)
select $1, $2, $3
where $4::timestamptz is null or exists (
  select from rule_drafts where organization_id = $1 and date_trunc('milliseconds', saved_at) = $4::timestamptz
)
on conflict (organization_id) do update
  set rules = excluded.rules, actor = excluded.actor, saved_at = clock_timestamp()
  where $4::timestamptz is null or date_trunc('milliseconds', rule_drafts.saved_at) = $4::timestamptz
