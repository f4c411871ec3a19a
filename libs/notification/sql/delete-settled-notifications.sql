delete from notifications where state <> 'waiting' and due < $1
