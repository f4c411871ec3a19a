alter table waiting_leads
  -- position of the event by which it came to suit other members; 0: none since it waits
  add column changed bigint not null default 0;
