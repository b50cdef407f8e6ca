-- The sessions of this role in this database that wait for a lock, each with one session in its
-- way; 0 is a prepared transaction. $1 minimum wait in milliseconds
select waiting.pid as waiting, by.pid, blocker.usename as "user", blocker.application_name as application
  from pg_stat_activity as waiting
 cross join lateral unnest(pg_blocking_pids(waiting.pid)) as by (pid)
  left join pg_stat_activity as blocker on blocker.pid = by.pid
 where waiting.wait_event_type = 'Lock'
   and waiting.datname = current_database()
   and waiting.usename = current_user
   and waiting.query_start <= clock_timestamp() - $1 * interval '1 millisecond'
