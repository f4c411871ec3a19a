-- Nothing when it has run out, even if nobody has taken it since: the holder was away and must look again.
update leases
set expires_at = clock_timestamp() + $3 * interval '1 millisecond'
where name = $1 and epoch = $2 and expires_at > clock_timestamp()
returning epoch
