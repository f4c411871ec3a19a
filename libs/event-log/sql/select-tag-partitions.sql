select inhrelid::regclass::text as name from pg_inherits where inhparent = 'event_tags'::regclass order by name
