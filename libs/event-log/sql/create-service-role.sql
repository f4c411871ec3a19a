-- The services' role. A role belongs to the whole server, so another database may have made it already, even just now.
-- Who may not create roles asks the administrator for it; here it only has to be there.
do $$
begin
  if not exists (select from pg_roles where rolname = 'lead_rotator_service') then
    create role lead_rotator_service nologin;
  end if;
exception when duplicate_object or unique_violation then
  null;
end
$$
