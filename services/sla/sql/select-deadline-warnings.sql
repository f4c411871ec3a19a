-- What is to be warned of by now, and not too late for it.
select organization, lead_id, due, assigned, contact_ids
from deadline_warnings
where warn_at <= $1 and due > $1 and assigned <> all ($2::bigint[])
order by warn_at, assigned
limit $3
