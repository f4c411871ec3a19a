select position, at, version, organization, type, payload from events where position between $1 and $2 order by position
