-- Forward only, and never over the cursor of another log.
insert into relay_cursors (topic, log_id, position)
values ($1, $2, $3)
on conflict (topic) do update
  set position = greatest(relay_cursors.position, excluded.position)
  where relay_cursors.log_id = excluded.log_id
