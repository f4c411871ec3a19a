select
  (select id from log_identity order by since limit 1) as first,
  (select id from log_identity order by since desc limit 1) as newest
