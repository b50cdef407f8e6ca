-- The ends of any number of workflows. Answers the ids that the writer still had. A step that a
-- lost worker left running is cancelled if the run was to stop.
-- $1 ids, $2 claims, $3 statuses, $4 outputs, $5 errors
with ended as (
  select * from unnest($1::uuid[], $2::integer[], $3::text[], $4::text[], $5::text[])
    as ended (id, claim, status, output, error)
), finished as (
  update headway.run
     set status = ended.status,
         output = ended.output::json,
         error = ended.error,
         step = null,
         waiting_for = null,
         executor = null,
         finished_at = now(),
         updated_at = now(),
         revision = revision + 1
    from ended
   where run.id = ended.id and run.claims = ended.claim and run.finished_at is null
  returning run.id, run.parent,
            case when run.cancel_requested_at is not null and run.status <> 'completed'
              then coalesce(run.reason, 'cancelled')
            end as cancelled
), left_over as (
  update headway.step
     set status = case when step.status = 'running' and cancelled is not null then 'cancelled' else 'skipped' end,
         error = case when step.status = 'running' and cancelled is not null then cancelled else step.error end,
         finished_at = case when step.status = 'running' and cancelled is not null then now() else step.finished_at end
    from finished
   where run_id = finished.id and step.status in ('pending', 'running')
)
select id,
       pg_notify('headway_run', id::text),
       case when parent is not null then pg_notify('headway_event', parent::text) end
  from finished
