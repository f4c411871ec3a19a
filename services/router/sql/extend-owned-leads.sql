-- What reports count of the owner that a lead has now.
alter table owned_leads
  -- the rotation that had a part in it, by a turn or not; null: none had
  add column given_by text,
  add column source text,
  add column claimed_at bigint,
  add column missed_at bigint;
create index owned_leads_by_time on owned_leads using brin (since);
