select number, contact_id, key from resolve_contacts($1, $2)
