-- The workers that live. Everybody who may connect sees the locks of all, and may take the same:
-- only those of a role that may use this schema say that a worker lives.
create or replace function headway.live_holders() returns setof bigint language sql volatile as $$
  select (classid::bigint << 32) | objid::bigint
    from pg_locks
    join pg_stat_activity using (pid)
   where locktype = 'advisory'
     and granted
     and objsubid = 1
     and database = (select oid from pg_database where datname = current_database())
     and has_schema_privilege(usesysid, 'headway', 'usage')
$$;
