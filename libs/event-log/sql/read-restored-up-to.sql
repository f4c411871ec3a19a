select max(since) as since from log_identity
