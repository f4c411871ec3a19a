select log_id, position from relay_cursors where topic = $1
