update notifications
set state = $4, due = $5, attempts = attempts + 1
where channel = $1 and position = $2 and recipient = $3
