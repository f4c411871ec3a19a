-- Reading, and appending through the function alone: what goes around it would break the chain, so there is no grant to
-- insert. The function runs with its owner's rights.
do $$
begin
  grant select on log_identity, events, event_tags, units, batches to lead_rotator_service;
  revoke execute on function append_units, add_partitions, protect_table, renew_log_identity from public;
  grant execute on function append_units to lead_rotator_service;
end
$$
