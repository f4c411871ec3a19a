-- Who does what only one copy should do, until when, by the clock of the database. The epoch counts the holders.
create table leases (
  name text primary key,
  holder text not null,
  epoch bigint not null,
  expires_at timestamptz not null
)
