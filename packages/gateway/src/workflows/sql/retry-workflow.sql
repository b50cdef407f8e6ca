-- Failed and undone steps are repeated, under the same id; finished ones are kept. One whose parent
-- is to stop does not run again. $1 id, $2 engine
with retried as (
  update headway.run
     set status = 'created',
         attempt = attempt + 1,
         is_retried = true,
         losses = 0,
         progress = null,
         percent = null,
         done = null,
         total = null,
         unit = null,
         message = null,
         output = null,
         error = null,
         reason = null,
         cancel_requested_at = null,
         started_at = null,
         finished_at = null,
         updated_at = now(),
         revision = revision + 1
   where id = $1 and kind = 'workflow' and engine = $2 and status in ('failed', 'compensated')
     and not exists (select from headway.run as above where above.id = run.parent and above.kind = 'job'
                        and above.finished_at is null and above.cancel_requested_at is not null)
  returning id
), pending as (
  update headway.step
     set status = 'pending', error = null, started_at = null, finished_at = null
    from retried
   where run_id = retried.id and step.status <> 'completed'
)
select id, pg_notify('headway_run', id::text), pg_notify('headway_work', id::text) from retried
