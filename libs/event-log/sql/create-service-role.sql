-- The services' role, and for an ordinary owner the right to work under it: from PostgreSQL 16 on, making a role does
-- not bring that. A role belongs to the whole server, so another database may have made it already, even just now; who
-- may neither make nor grant it asks the administrator for both.
do $$
begin
  if not exists (select from pg_roles where rolname = 'lead_rotator_service') then
    create role lead_rotator_service nologin;
  end if;
  if not exists (select from pg_roles where rolname = current_user and rolsuper) then
    execute format('grant lead_rotator_service to %I', current_user);
  end if;
exception when duplicate_object or unique_violation or insufficient_privilege then
  null;
end
$$
