select attribute.attname as name
from pg_index index
join pg_attribute attribute on attribute.attrelid = index.indrelid and attribute.attnum = any (index.indkey)
where index.indrelid = $1::regclass and index.indisprimary
order by array_position(index.indkey::int2[], attribute.attnum)
