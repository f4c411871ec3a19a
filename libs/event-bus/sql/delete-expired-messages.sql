-- All but the newest of a topic, from which the next offset is read.
delete from bus_messages
using bus_topics
where bus_topics.topic = bus_messages.topic
  and bus_messages.at < $1 - bus_topics.retention_milliseconds
  and bus_messages."offset" < (select max(newest."offset") from bus_messages as newest where newest.topic = bus_messages.topic)
