-- The log. Everything here is inserted once and never touched again.

-- The log's own id is that of the newest row. Who restores a backup adds one (renew_log_identity), since everybody who
-- has read further than the backup goes must notice. The first one is where the chain of batches begins.
create table log_identity (
  since bigint primary key,
  id uuid not null default gen_random_uuid()
);
insert into log_identity (since) values (0);

-- Payload: the JSON text that was hashed, byte for byte.
create table events (
  position bigint not null,
  at bigint not null,
  version integer not null,
  organization text not null,
  type text not null,
  payload text not null,
  primary key (position)
) partition by range (position);

-- One row for each tag of an event. Not declared unique, which would cost a check for each row; `verify` counts them.
create table event_tags (
  tag bigint not null,
  position bigint not null
) partition by range (position);
create index event_tags_by_tag on event_tags (tag, position) with (deduplicate_items = off);

-- The first 128 bits of the SHA-256 of the unit's id: a fixed 16 bytes in place of a text of any length.
create table units (
  id uuid primary key,
  first bigint not null,
  last bigint not null
);

create table batches (
  first bigint primary key,
  last bigint not null,
  at bigint not null,
  root bytea not null,
  units bytea not null,
  previous bytea not null,
  hash bytea not null
);
