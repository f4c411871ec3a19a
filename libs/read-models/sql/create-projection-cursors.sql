-- How far each table projection has read. Disposable like the tables themselves; a log with another id starts over.
create table projection_cursors (
  name text not null,
  version integer not null,
  log_id uuid not null,
  position bigint not null,
  moved_at timestamptz not null default now(),
  primary key (name, version)
);
grant select, insert, update, delete on projection_cursors to lead_rotator_service;
