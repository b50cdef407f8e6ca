-- The workers that live. A role that may only connect sees the keys of all locks, and can take one
-- that is free for a moment. So the key of a new worker is its number and 23 bits that are drawn
-- for each connection; the key of an older worker is the number itself, which is below 2^48. A
-- worker's right may be that of a role that its own can switch to.
create or replace function headway.live_holders() returns setof bigint language sql volatile as $$
  select case when key < 1::bigint << 48 then key else key >> 23 end
    from pg_locks
    join pg_stat_activity using (pid)
   cross join lateral (select (classid::bigint << 32) | objid::bigint as key) as lock
   where locktype = 'advisory'
     and granted
     and objsubid = 1
     and database = (select oid from pg_database where datname = current_database())
     and (has_schema_privilege(usesysid, 'headway', 'usage')
         or exists (select from pg_roles
                     where pg_has_role(usesysid, oid, 'member') and has_schema_privilege(oid, 'headway', 'usage')))
$$;
