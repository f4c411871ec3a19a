select uuid_send(id) as id, first, last from units order by first
