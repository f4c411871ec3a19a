select position, string_agg(int8send(tag), ''::bytea order by int8send(tag)) as tags
from event_tags
where position between $1 and $2
group by position
