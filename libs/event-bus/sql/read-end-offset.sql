select coalesce((select max("offset") + 1 from bus_messages where topic = $1), 0)::bigint as "end"
from bus_topics
where topic = $1
