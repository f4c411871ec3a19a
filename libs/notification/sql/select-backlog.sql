select count(*) as waiting, min(added) as oldest from notifications where channel = $1 and state = 'waiting'
