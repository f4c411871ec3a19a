-- The leads that nobody has, though their way was decided. Made from the log, disposable.
create table unassigned_leads (
  organization_id text not null,
  lead_id text not null,
  -- the event since which nobody has it, and its time
  since_position bigint not null,
  since bigint not null,
  -- the rotation in whose queue it lies, or that offers it
  rotation_id text,
  -- for-pick-up, for-somebody, or offered; null: it lies nowhere
  waits text,
  -- until when it is offered
  until bigint,
  source text,
  primary key (organization_id, lead_id)
);
create index unassigned_leads_by_since on unassigned_leads (organization_id, since_position);
create index unassigned_leads_by_rotation on unassigned_leads (organization_id, rotation_id, since_position);
grant select, insert, update, delete, truncate on unassigned_leads to lead_rotator_service;
