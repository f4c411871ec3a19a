select protect_table(name)
from unnest(array['log_identity', 'events', 'event_tags', 'units', 'batches']::regclass[]) as name
