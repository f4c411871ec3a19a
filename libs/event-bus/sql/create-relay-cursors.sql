-- Up to which position a log is on a topic, all of it acknowledged. May lag: what comes after it may be there too.
create table relay_cursors (
  topic text primary key,
  log_id text not null,
  position bigint not null
)
