-- Not made distinct and not sorted here: the caller does that in a tenth of the time.
select position from event_tags where tag = any ($1::bigint[]) and position > $2 and position <= $3
