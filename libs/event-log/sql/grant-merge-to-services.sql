-- It changes where tags lie and never what they are, so the services may call for it.
do $$
begin
  revoke execute on function merge_tag_partitions from public;
  grant execute on function merge_tag_partitions to lead_rotator_service;
end
$$
