select count(*)::integer as rows from public.{table}
