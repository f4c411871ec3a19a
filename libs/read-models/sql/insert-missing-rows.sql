insert into public.{table}
table pg_temp.{table} except table public.{table}
