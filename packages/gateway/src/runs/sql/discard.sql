-- Takes back a start, or a retry, that its engine never heard of. $1 id, $2 engine id, $3 error
with untried as (
  delete from headway.run where id = $1 and engine_id = $2 and status = 'pending' and attempt = 0
  returning id
), refused as (
  update headway.run
     set status = 'failed', error = $3, finished_at = now(), updated_at = now(), revision = revision + 1
   where id = $1 and engine_id = $2 and status = 'pending' and attempt > 0
  returning id
)
select pg_notify('headway_run', id::text) from refused
