-- Rules that somebody works on. They decide nothing, so they are not in the log; published, they are.
create table rule_drafts (
  organization_id text primary key,
  rules json not null,
  -- who saved it, and when
  actor text not null,
  saved_at timestamptz not null default clock_timestamp()
);
grant select, insert, update, delete on rule_drafts to lead_rotator_service;
