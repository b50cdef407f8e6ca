-- What failed or was cancelled waits for a worker again, under its id. Attempts go on counting: they fence.
-- Only its own engine can run it. $1 id, $2 engine id, $3 engine
with retried as (
  update headway.run
     set status = 'pending',
         engine_id = $2,
         handed_over_at = null,
         progress = 0,
         message = null,
         output = null,
         error = null,
         reason = null,
         cancel_requested_at = null,
         finished_at = null,
         updated_at = now(),
         revision = revision + 1
   where id = $1
     and engine = $3
     and status in ('failed', 'dead_letter', 'cancelled')
  returning id, name, args
)
select name, args, pg_notify('headway_run', id::text) from retried
