-- Who had which lead before the one who has it now, and what came of it: for reports. Made from the log, disposable.
-- Holds no personal data.
create table former_assignments (
  organization_id text not null,
  lead_id text not null,
  -- the event by which they got it, and its time
  since_position bigint not null,
  since bigint not null,
  owner_id text not null,
  -- the rotation by whose turn it came; null: outside the turn
  rotation_id text,
  given_by text,
  source text,
  claimed_at bigint,
  missed_at bigint,
  -- won or lost while they had it
  outcome text,
  primary key (organization_id, lead_id, since_position)
);
create index former_assignments_by_time on former_assignments using brin (since);
grant select, insert, update, delete, truncate on former_assignments to lead_rotator_service;
