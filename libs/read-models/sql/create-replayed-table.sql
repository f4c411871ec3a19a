-- The same table once more, empty. Temporary tables come before all others of their name, so a projection that writes
-- now writes here.
create temporary table {table} (like public.{table} including all)
