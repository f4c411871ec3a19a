select organization, lead_id, due, assigned, contact_ids
from open_deadlines
where (due, assigned) > ($1::bigint, $2::bigint) and due <= $3
order by due, assigned
limit $4
