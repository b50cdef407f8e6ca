-- A failed or cancelled run waits for a worker again, under its id. Attempts are not reset: they
-- fence. Only its own engine and queue can run it. Its children that ended without success run
-- again, too. One whose parent is to stop does not run again. $1 id, $2 engine id, $3 engine, $4
-- queue
with retried as (
  update headway.run
     set status = 'pending',
         engine_id = $2,
         queue = $4,
         -- Only a start is delayed.
         options = case when options is not null then (options::jsonb || '{"delayMs": 0}')::json end,
         handed_over_at = null,
         holder = null,
         failures = 0,
         losses = 0,
         progress = 0,
         percent = null,
         done = null,
         total = null,
         unit = null,
         message = null,
         output = null,
         error = null,
         reason = null,
         cancel_requested_at = null,
         children = case when children is not null then 'counted' end,
         started_at = null,
         finished_at = null,
         updated_at = now(),
         revision = revision + 1
   where id = $1
     and engine = $3
     and coalesce(queue, $4) = $4
     and status in ('failed', 'dead_letter', 'cancelled')
     and not exists (select from headway.run as above where above.id = run.parent
                        and above.finished_at is null and above.cancel_requested_at is not null)
  returning id, name, args, options, children
), again as (
  update headway.family
     set status = null, output = null, error = null, todo = 'retry', retry_before = now(), is_stopped = false
    from retried
   where family.id = retried.id and retried.children is not null
)
select name, args, options, pg_notify('headway_run', id::text) from retried
