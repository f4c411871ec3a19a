select next_offset from bus_offsets where group_id = $1 and topic = $2
