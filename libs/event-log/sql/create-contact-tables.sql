-- Personal data's keys and identifiers lie outside the log: deleting a row here is what erasing a person means.

create table organization_secrets (
  organization text primary key,
  secret bytea not null
);

-- Hash: the first 128 bits of the HMAC-SHA256 of an email address or phone number under the organization's secret; none
-- for a contact that came back into an event after it was forgotten. Key: seals what is known about the person.
create table contacts (
  contact_id uuid primary key,
  hash uuid unique,
  key bytea not null
);
