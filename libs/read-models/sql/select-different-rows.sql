-- Rows that are not the same in both tables, by their key.
with stored as (table public.{table} except table pg_temp.{table}),
  replayed as (table pg_temp.{table} except table public.{table})
select
  concat_ws('/', {key}) as row,
  case
    when stored is null then 'missing'
    when replayed is null then 'not in the replay'
    else 'another content'
  end as how
from stored full join replayed using ({key})
order by 1
limit $1
