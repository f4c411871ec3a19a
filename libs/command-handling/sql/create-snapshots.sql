-- States of projections, so that a start need not read the whole log. Disposable: one for each name and version of the
-- code, which has to be that of the reader. The hash is that of the batch in which the position lies.
create table projection_snapshots (
  name text not null,
  code text not null,
  log_id uuid not null,
  position bigint not null,
  batch_hash bytea not null,
  state bytea not null,
  made_at timestamptz not null default clock_timestamp(),
  primary key (name, code)
);
grant select, insert, update, delete on projection_snapshots to lead_rotator_service;
