select publish_messages($1, $2, $3::bytea[], $4::bytea[], $5::json[])
