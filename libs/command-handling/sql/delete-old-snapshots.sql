delete from projection_snapshots where name = $1 and code <> $2 and made_at < now() - interval '30 days'
