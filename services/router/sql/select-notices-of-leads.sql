select distinct lead_id, notice
from notices
where organization_id = $1 and lead_id = any ($2::text[])
order by lead_id, notice
