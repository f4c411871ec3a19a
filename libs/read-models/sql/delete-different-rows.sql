-- Rows that the replay does not have, or has otherwise.
delete from public.{table} as t
using (table public.{table} except table pg_temp.{table}) as d
where {same}
