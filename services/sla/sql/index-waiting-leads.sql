-- For what is asked of each rotation: which lead began to wait last, and which came last to suit other members.
create index waiting_leads_by_rotation on waiting_leads (organization, rotation_id, since);
create index waiting_leads_by_change on waiting_leads (organization, rotation_id, changed);
