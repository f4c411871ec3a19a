-- Who may call the API. Beside the log: a key says who asks, and decides nothing. The key itself is nowhere.
create table api_keys (
  -- by which people name it: the first characters of its hash
  id text primary key,
  hash bytea not null unique,
  organization_id text not null,
  kind text not null check (kind in ('admin', 'user', 'source')),
  -- the user or the source it speaks for
  subject text check ((subject is null) = (kind = 'admin')),
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
grant select, insert, update on api_keys to lead_rotator_service;
