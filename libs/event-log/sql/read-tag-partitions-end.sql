-- The position behind the last partition of tags: no tag lies further on.
select max(substring(pg_get_expr(c.relpartbound, c.oid) from $re$TO \('?(\d+)'?\)$re$)::bigint) as "end"
from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'event_tags'::regclass
