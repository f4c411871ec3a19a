-- Of one rotation, those that lie in its queue or are offered; without a rotation, all.
select u.lead_id, u.since_position, u.since, u.rotation_id, u.waits, u.until, f.lead_group, f.status
from unassigned_leads as u
join lead_facts as f on f.organization_id = u.organization_id and f.lead_id = u.lead_id
where u.organization_id = $1
  and u.since_position > $3
  and ($2::text is null or (u.rotation_id = $2 and u.waits is not null))
order by u.since_position
limit $4
