-- The children of a group that ended without success run again. $1 id
with retried as (
  update headway.run
     set status = 'running',
         children = 'awaited',
         attempt = attempt + 1,
         error = null,
         reason = null,
         cancel_requested_at = null,
         started_at = now(),
         finished_at = null,
         updated_at = now(),
         revision = revision + 1
   where id = $1 and engine = 'group' and status in ('failed', 'cancelled')
  returning id
), again as (
  update headway.family set todo = 'retry', retry_before = now(), is_stopped = false
    from retried
   where family.id = retried.id
)
select id, pg_notify('headway_run', id::text) from retried
