update notifications
set due = $4, attempts = attempts + 1
where channel = $1 and position = $2 and recipient = $3 and state = 'waiting'
