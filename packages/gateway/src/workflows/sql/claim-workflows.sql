-- Takes runs without an executor, oldest first, for a living executor. `previous` is the log to
-- continue from. An event that is being stored for a run locks the run's key only, so the run can
-- still be taken.
-- $1 executor, $2 engine, $3 names, $4 maximum number of runs
with free as (
  select id, engine_id as previous, status
    from headway.run
   where kind = 'workflow'
     and executor is null
     and finished_at is null
     and engine = $2
     and name = any($3::text[])
     and exists (select from headway.executor where executor.id = $1)
   order by created_at
   limit $4
     for no key update skip locked
), claimed as (
  update headway.run
     set executor = $1,
         claims = claims + 1,
         engine_id = coalesce(engine_id, run.id || ':' || claims + 1),
         status = case when run.status = 'created' then 'running' else run.status end,
         attempt = greatest(attempt, 1),
         started_at = coalesce(started_at, now()),
         updated_at = now(),
         revision = revision + 1
    from free
   where run.id = free.id
  returning run.id, name, owner, args, attempt, claims as claim, free.previous, is_retried, run.status,
            case when cancel_requested_at is not null then coalesce(reason, 'cancelled') end as cancelled,
            run.step, run.waiting_for, coalesce(run.percent, run.progress) as progress, run.message,
            run.done, run.total, run.unit, free.status as was
)
select id, name, owner, args, attempt, claim, previous, is_retried as "isRetried", status, cancelled,
       step, waiting_for as "waitingFor", progress, message, done, total, unit,
       case when status <> was then pg_notify('headway_run', id::text) end
  from claimed
