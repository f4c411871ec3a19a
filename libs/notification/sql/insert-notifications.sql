insert into notifications (channel, position, recipient, organization, subject, added, due)
select $1, position, recipient, organization, subject, $2, $2
from unnest($3::bigint[], $4::text[], $5::text[], $6::text[]) as told (position, recipient, organization, subject)
on conflict (channel, position, recipient) do nothing
