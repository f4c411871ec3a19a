-- Takes a lease that nobody holds, or whose holder has let it run out; or that runs for much longer than ours,
-- since the server's clock was set back.
insert into leases (name, holder, epoch, expires_at)
values ($1, $2, 1, clock_timestamp() + $3 * interval '1 millisecond')
on conflict (name) do update
  set holder = excluded.holder, epoch = leases.epoch + 1, expires_at = excluded.expires_at
  where leases.expires_at <= clock_timestamp()
    or leases.expires_at > excluded.expires_at + interval '2 minutes'
returning epoch
