-- What is to be told to whom, and what was. Rows name events by their position: what is told is read from the log when
-- it is sent, so that no personal data lies here.
create table notifications (
  channel text collate "C" not null,
  position bigint not null,
  recipient text collate "C" not null,
  organization text collate "C" not null,
  subject text collate "C" not null,
  state text collate "C" not null default 'waiting' check (state in ('waiting', 'sent', 'skipped', 'refused')),
  attempts int not null default 0,
  added bigint not null,
  due bigint not null,
  primary key (channel, position, recipient)
);
create index notifications_by_time on notifications (channel, due, position) where state = 'waiting';
create index notifications_by_subject on notifications (channel, subject, position, recipient) where state = 'waiting';
create index notifications_settled on notifications (due) where state <> 'waiting';
comment on column notifications.recipient is 'id of a user; empty where the channel has one receiver for all';
comment on column notifications.subject is 'within it the order holds: the lead, or what else an event is about';
comment on column notifications.due is 'milliseconds since 1970, as added is: when it is tried next; of a settled one, when it was settled';
grant select, insert, update, delete on notifications to lead_rotator_service;
