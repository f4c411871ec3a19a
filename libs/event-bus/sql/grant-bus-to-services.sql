do $$
begin
  grant select, insert, update on leases, relay_cursors, bus_offsets, bus_topics to lead_rotator_service;
  grant select, insert, delete on bus_messages to lead_rotator_service;
  grant execute on function publish_messages to lead_rotator_service;
end
$$
