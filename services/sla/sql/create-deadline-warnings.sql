-- How long before a deadline owners are warned, by rotation; and when that is, for each lead whose owner is to be warned.
-- Made from the log.
create table claim_warnings (
  organization text collate "C" not null,
  rotation_id text collate "C" not null,
  warn_before bigint not null,
  primary key (organization, rotation_id)
);
create table deadline_warnings (
  organization text collate "C" not null,
  lead_id text collate "C" not null,
  warn_at bigint not null,
  due bigint not null,
  assigned bigint not null,
  contact_ids text[] not null,
  primary key (organization, lead_id)
);
create index deadline_warnings_by_time on deadline_warnings (warn_at, assigned);
comment on column deadline_warnings.warn_at is 'milliseconds since 1970, as due is';
comment on column deadline_warnings.assigned is 'position of the event that set the deadline';
grant select, insert, update, delete, truncate on claim_warnings, deadline_warnings to lead_rotator_service;
