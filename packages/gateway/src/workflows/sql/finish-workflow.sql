-- $1 id, $2 claim, $3 status, $4 output, $5 error
with finished as (
  update headway.run
     set status = $3,
         output = $4,
         error = $5,
         step = null,
         waiting_for = null,
         executor = null,
         finished_at = now(),
         updated_at = now(),
         revision = revision + 1
   where id = $1 and claims = $2 and finished_at is null
  returning id, parent
), skipped as (
  update headway.step set status = 'skipped'
    from finished
   where run_id = finished.id and step.status in ('pending', 'running')
)
select id, pg_notify('headway_run', id::text), case when parent is not null then pg_notify('headway_event', parent::text) end
  from finished
