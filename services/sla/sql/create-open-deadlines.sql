-- What is to be claimed, or taken from an offer, and until when. Made from the log; firing reads it in the order of the index.
create table open_deadlines (
  organization text collate "C" not null,
  lead_id text collate "C" not null,
  due bigint not null,
  assigned bigint not null,
  rotation_id text not null,
  owner_id text,
  contact_ids text[] not null,
  primary key (organization, lead_id)
);
create index open_deadlines_by_due on open_deadlines (due, assigned);
comment on column open_deadlines.due is 'milliseconds since 1970';
comment on column open_deadlines.assigned is 'position of the event that set the deadline: at one instant they fire in this order';
comment on column open_deadlines.owner_id is 'who has to claim it; null while it is offered to several';
grant select, insert, update, delete, truncate on open_deadlines to lead_rotator_service;
