-- Personal data's keys and identifiers lie outside the log: deleting a row here is what erasing a person means.

create table organization_secrets (
  organization text primary key,
  secret bytea not null
);

-- HMAC-SHA256 of an email address or phone number under the organization's secret.
create table contact_identifiers (
  hash bytea primary key,
  contact_id uuid not null unique
);

create table contact_keys (
  contact_id uuid primary key,
  key bytea not null
);
