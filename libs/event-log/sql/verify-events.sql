select position, at, version, organization, type, payload from events order by position
