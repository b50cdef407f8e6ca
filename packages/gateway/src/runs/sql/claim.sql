-- A worker took the run: a new attempt, whatever became of the one before. A requested cancel stays
-- requested. A task that the run was handed over with before does not have it. $1 id, $2 engine id
with claimed as (
  update headway.run
     set status = case when status = 'cancel_requested' then status else 'claimed' end,
         attempt = attempt + 1,
         progress = 0,
         message = null,
         updated_at = now(),
         revision = revision + 1
   where id = $1
     and coalesce(engine_id, $2) = $2
     and status not in ('completed', 'failed', 'dead_letter', 'cancelled')
  returning id, status, attempt
)
select status, attempt, pg_notify('headway_run', id::text) from claimed
