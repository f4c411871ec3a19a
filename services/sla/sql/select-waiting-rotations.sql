select organization, rotation_id, max(since) as newest
from waiting_leads
group by organization, rotation_id
