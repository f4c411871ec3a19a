select contact_id, key from contact_keys where contact_id = any ($1)
