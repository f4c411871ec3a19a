-- The services' role, and the right of who migrates to work under it. A role belongs to the whole server, so another
-- database may have made it already, even just now. Who may not create roles asks the administrator for both.
do $$
begin
  if not exists (select from pg_roles where rolname = 'lead_rotator_service') then
    create role lead_rotator_service nologin;
  end if;
  if not pg_has_role('lead_rotator_service', 'member') then
    execute format('grant lead_rotator_service to %I', current_user);
  end if;
exception when duplicate_object or unique_violation then
  null;
end
$$
