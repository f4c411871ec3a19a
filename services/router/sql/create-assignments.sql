-- Each time somebody got a lead, and what came of it. Made from the log, disposable. Holds no personal data of leads.
create table assignments (
  organization_id text not null,
  lead_id text not null,
  -- the event by which they got it, and its time
  position bigint not null,
  at bigint not null,
  user_id text not null,
  -- the rotation that gave it, or from whose queue it was taken; null: no rotation had a part in it
  rotation_id text,
  by_turn boolean not null,
  claimed_at bigint,
  missed_at bigint,
  -- won or lost while they had it
  outcome text,
  primary key (organization_id, lead_id, position)
);
create index assignments_by_time on assignments (organization_id, at);
grant select, insert, update, delete, truncate on assignments to lead_rotator_service;
