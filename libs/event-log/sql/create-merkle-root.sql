-- The Merkle root of RFC 6962 over leaves that are hashed already: pairs from the left, level by level, in place; a last
-- one without a partner goes up as it is. That gives the same tree as the RFC's split at the largest power of two.
create function merkle_root(leaves bytea[]) returns bytea language plpgsql immutable as $$
declare
  level bytea[] := leaves;
  size integer := cardinality(leaves);
begin
  while size > 1 loop
    for i in 1 .. size / 2 loop
      level[i] := sha256('\x01'::bytea || level[2 * i - 1] || level[2 * i]);
    end loop;
    if size % 2 = 1 then level[size / 2 + 1] := level[size]; end if;
    size := (size + 1) / 2;
  end loop;
  return level[1];
end
$$
