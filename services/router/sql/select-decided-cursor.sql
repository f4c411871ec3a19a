select position from projection_cursors where name = $1 and version = $2 and log_id = $3
