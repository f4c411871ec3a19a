select first, last, at, root, units, previous, hash from batches order by first
