select "offset", at, key, value, headers
from bus_messages
where topic = $1 and "offset" >= $2
order by "offset"
limit $3
