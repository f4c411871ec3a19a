-- Only if the log still holds what it was made from.
select s.position, s.state
from projection_snapshots as s
where s.name = $1 and s.code = $2 and s.log_id = $3
  and s.batch_hash = (
    select b.hash from batches as b where b.first <= s.position and b.last >= s.position order by b.first desc limit 1
  )
