-- A run without an executor is cancelled at once: nothing has to be undone. Any other is asked to
-- stop, unless its steps are undone already.
-- $1 id, $2 reason
with cancelled as (
  update headway.run
     set status = case when claims = 0 and engine <> 'sql' then 'compensated' else status end,
         error = case when claims = 0 and engine <> 'sql' then coalesce($2, 'cancelled') else error end,
         finished_at = case when claims = 0 and engine <> 'sql' then now() end,
         reason = $2,
         cancel_requested_at = now(),
         updated_at = now(),
         revision = revision + 1
   where id = $1 and kind = 'workflow' and finished_at is null and cancel_requested_at is null
     and status <> 'compensating'
  returning id, parent, finished_at
), skipped as (
  update headway.step set status = 'skipped'
    from cancelled
   where run_id = cancelled.id and cancelled.finished_at is not null
)
select pg_notify('headway_run', id::text),
       pg_notify(case when finished_at is null then 'headway_cancel' else 'headway_event' end,
                 case when finished_at is null then id else parent end::text)
  from cancelled
