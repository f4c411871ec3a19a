select contact_id, key from contacts where contact_id = any ($1)
