-- From the beginning of the batch that holds the position behind $1 to the end of the one that holds $2, or of the log.
select
  (select first from batches where first <= $1 + 1 order by first desc limit 1) as "from",
  (select last from batches where first <= $2 order by first desc limit 1) as "to"
