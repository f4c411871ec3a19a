-- The sources of leads, from whichever table has them.
select wanted.organization_id, wanted.lead_id, coalesce(o.source, u.source, f.source) as source
from unnest($1::text[], $2::text[]) as wanted (organization_id, lead_id)
left join owned_leads as o using (organization_id, lead_id)
left join unassigned_leads as u using (organization_id, lead_id)
left join lateral (
  select source
  from former_assignments as former
  where former.organization_id = wanted.organization_id and former.lead_id = wanted.lead_id
  limit 1
) as f on true
where coalesce(o.source, u.source, f.source) is not null
