-- For operators, after the log was restored from a backup: gives it a new id, by which cursors, snapshots and consumers
-- that stand on the old one notice it and stop.
create function renew_log_identity() returns uuid language sql as $$
  insert into log_identity (since)
  select greatest(coalesce(max(b.last), 0), (select max(l.since) from log_identity l) + 1) from batches b
  returning id
$$
