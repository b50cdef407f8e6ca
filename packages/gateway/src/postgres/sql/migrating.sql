-- The session that has the lock for creating tables; 0 is a prepared transaction. No row: it has
-- just been released.
select coalesce(pid, 0) as pid, usename as "user", application_name as application
  from pg_locks
  left join pg_stat_activity using (pid)
 where locktype = 'advisory'
   and granted
   and database = (select oid from pg_database where datname = current_database())
   and (classid::bigint << 32) | objid::bigint = hashtext('headway.migration')
   and objsubid = 1
