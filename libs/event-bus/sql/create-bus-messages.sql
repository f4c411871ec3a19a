-- The topics of the local bus. Messages are inserted and, when they have expired, deleted; offsets have no gap.
create table bus_topics (
  topic text primary key,
  retention_milliseconds bigint not null
);

create table bus_messages (
  topic text not null,
  "offset" bigint not null,
  at bigint not null,
  key bytea,
  value bytea,
  headers json not null,
  primary key (topic, "offset")
);

create table bus_offsets (
  group_id text not null,
  topic text not null,
  next_offset bigint not null,
  primary key (group_id, topic)
)
