select contact_id from contact_identifiers where hash = $1
