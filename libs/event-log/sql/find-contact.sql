select contact_id from contacts where hash = $1
