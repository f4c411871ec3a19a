select position, string_agg(int8send(tag), ''::bytea order by int8send(tag)) as tags
from event_tags
group by position
order by position
