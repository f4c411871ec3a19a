-- Nothing from a consumer whose lease was taken by another.
insert into bus_offsets (group_id, topic, next_offset)
select $1, $2, $3::bigint
where exists (select from leases where name = $4 and epoch = $5)
on conflict (group_id, topic) do update set next_offset = excluded.next_offset
