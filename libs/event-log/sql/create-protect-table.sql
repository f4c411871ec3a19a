-- Refuses everything but reading and inserting, to the owner as well. Once for each partition too: a trigger on the
-- parent is not asked when a partition is named directly.
create function protect_table(name regclass) returns void language plpgsql as $$
begin
  execute format(
    'create trigger append_only before update or delete or truncate on %s for each statement execute function refuse_change()',
    name
  );
end
$$
