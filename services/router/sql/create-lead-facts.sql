-- What does not change about a lead, and its status: for queues and reports. Made from the log, disposable.
-- Holds no personal data.
create table lead_facts (
  organization_id text not null,
  lead_id text not null,
  source text not null,
  lead_group text,
  status text not null,
  primary key (organization_id, lead_id)
);
grant select, insert, update, delete, truncate on lead_facts to lead_rotator_service;
