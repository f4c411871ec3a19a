select position, recipient, organization, subject, attempts
from notifications
where channel = $1 and state = 'waiting' and due <= $2 and subject <> all ($3::text[])
  and not exists (
    select from notifications as earlier
    where earlier.channel = notifications.channel and earlier.subject = notifications.subject
      and earlier.state = 'waiting'
      and (earlier.position, earlier.recipient) < (notifications.position, notifications.recipient)
  )
order by due, position, recipient
limit $4
