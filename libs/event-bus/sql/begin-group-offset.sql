insert into bus_offsets (group_id, topic, next_offset) values ($1, $2, $3) on conflict do nothing
