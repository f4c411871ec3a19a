-- Of one rotation, those that lie in its queue or are offered; without a rotation, all.
select lead_id, since_position, since, rotation_id, waits, until
from unassigned_leads
where organization_id = $1
  and since_position > $3
  and ($2::text is null or (rotation_id = $2 and waits is not null))
order by since_position
limit $4
