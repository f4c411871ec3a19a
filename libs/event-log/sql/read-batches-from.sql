-- The batch that holds a position, and all behind it.
select first, last, at, root, units, previous, hash from batches
where first >= (select first from batches where first <= $1 order by first desc limit 1)
order by first
