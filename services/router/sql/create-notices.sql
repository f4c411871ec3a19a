-- What needs the attention of a person. Made from the log, disposable.
create table notices (
  organization_id text not null,
  position bigint not null,
  at bigint not null,
  notice text not null,
  lead_id text,
  rotation_id text,
  -- whom it is about: the owner, the member
  user_id text,
  primary key (organization_id, position)
);
create index notices_by_lead on notices (organization_id, lead_id, position);
create index notices_by_rotation on notices (organization_id, rotation_id, position);
grant select, insert, update, delete, truncate on notices to lead_rotator_service;
