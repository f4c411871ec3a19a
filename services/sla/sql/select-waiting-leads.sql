select lead_id, since
from waiting_leads
where organization = $1 and since > $2 and rotation_id = any ($3::text[])
order by since
limit $4
