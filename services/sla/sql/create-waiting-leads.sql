-- Leads that go to somebody as soon as somebody is eligible: held by a rotation, or kept by an owner meanwhile.
create table waiting_leads (
  organization text collate "C" not null,
  lead_id text collate "C" not null,
  since bigint not null,
  rotation_id text not null,
  primary key (organization, lead_id)
);
create index waiting_leads_by_since on waiting_leads (organization, since);
comment on column waiting_leads.since is 'position of the event by which it began to wait: they go out in this order';
grant select, insert, update, delete, truncate on waiting_leads to lead_rotator_service;
