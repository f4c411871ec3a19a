-- Who has which lead, since when and until when. Made from the log, disposable.
-- Holds no personal data: what a person may see is opened from the log.
create table owned_leads (
  organization_id text not null,
  lead_id text not null,
  owner_id text not null,
  -- the event by which the owner got it, and its time
  since_position bigint not null,
  since bigint not null,
  -- the rotation by whose turn it came; null: outside the turn
  rotation_id text,
  due bigint,
  claimed boolean not null,
  -- won or lost; null: open
  outcome text,
  -- a notice was raised that the owner is inactive
  owner_found_inactive boolean not null default false,
  primary key (organization_id, lead_id)
);
create index owned_leads_by_owner on owned_leads (organization_id, owner_id, since_position);
grant select, insert, update, delete, truncate on owned_leads to lead_rotator_service;
