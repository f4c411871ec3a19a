-- Not in place of one that is further. Nothing, if the log does not reach the position.
insert into projection_snapshots as s (name, code, log_id, position, batch_hash, state)
select $1, $2, $3, $4::bigint, b.hash, $5
from batches as b
where b.first <= $4 and b.last >= $4
on conflict (name, code) do update
set log_id = excluded.log_id,
  position = excluded.position,
  batch_hash = excluded.batch_hash,
  state = excluded.state,
  made_at = excluded.made_at
where s.log_id <> excluded.log_id or s.position < excluded.position
