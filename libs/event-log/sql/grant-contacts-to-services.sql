do $$
begin
  grant select, insert on organization_secrets to lead_rotator_service;
  grant select, insert, delete on contacts to lead_rotator_service;
end
$$
