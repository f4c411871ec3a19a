select organization, rotation_id, max(since) as newest, max(changed) as changed
from waiting_leads
group by organization, rotation_id
