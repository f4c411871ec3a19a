select id from log_identity order by since desc limit 1
