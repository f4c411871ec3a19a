insert into projection_cursors (name, version, log_id, position)
values ($1, $2, $3, $4)
on conflict (name, version) do update
  set log_id = excluded.log_id, position = excluded.position, moved_at = now()
