insert into bus_topics (topic, retention_milliseconds) values ($1, $2) on conflict do nothing
