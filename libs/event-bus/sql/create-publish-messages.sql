-- Appends to a topic: under a lock, taken in a statement of its own, so that the next one sees what the last holder has
-- committed; offsets are then gapless and in the order of commits, and who reads behind the last offset misses nothing.
-- A topic always keeps its newest message, so the next offset can be read from it.
create function publish_messages(for_topic text, sent_at bigint, keys bytea[], contents bytea[], heads json[])
returns bigint language plpgsql as $$
declare
  last_offset bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('bus ' || for_topic, 0));
  if not exists (select from bus_topics where topic = for_topic) then
    raise exception 'there is no topic %', for_topic using errcode = 'LR404';
  end if;
  select coalesce(max("offset"), -1) into last_offset from bus_messages where topic = for_topic;
  insert into bus_messages (topic, "offset", at, key, value, headers)
    select for_topic, last_offset + sent.place, sent_at, sent.key, sent.value, sent.headers
    from unnest(keys, contents, heads) with ordinality as sent (key, value, headers, place);
  perform pg_notify('lead_rotator_bus', for_topic);
  return last_offset + cardinality(keys);
end
$$
