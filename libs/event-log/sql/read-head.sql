select coalesce((select last from batches order by first desc limit 1), 0) as head
