insert into claim_warnings (organization, rotation_id, warn_before)
values ($1, $2, $3)
on conflict (organization, rotation_id) do update set warn_before = excluded.warn_before
