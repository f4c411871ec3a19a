select position, at, notice, lead_id, rotation_id, user_id
from notices
where organization_id = $1
  and position < $2
  and ($3::text is null or lead_id = $3)
  and ($4::text is null or rotation_id = $4)
  and ($5::text[] is null or notice = any ($5))
order by position desc
limit $6
