create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the log is append-only: % on % is refused', lower(tg_op), tg_table_name using errcode = '42501';
end
$$
