select unit, first_position, last_position, refused_guard, moved_to
from append_units($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
-- Looked at once, before the function: to a log that was restored or replaced nothing is appended, and there is no row.
where (select id from log_identity order by since desc limit 1) = $20::uuid
