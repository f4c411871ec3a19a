update leases
set expires_at = clock_timestamp()
where name = $1 and epoch = $2 and expires_at > clock_timestamp()
