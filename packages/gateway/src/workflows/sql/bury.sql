-- Removes executors without a recent sign of life and without a session: their runs are free, and
-- so are runs that an executor took while it was removed or left. Some runs kill each worker;
-- after too many they are given up. $1 maximum number of lost workers
with dead as (
  delete from headway.executor
   where seen_at < now() - lease_ms * interval '1 millisecond'
     and (holder is null or holder not in (select headway.live_holders()))
  returning id
), freed as (
  select run.id, losses + 1 >= $1 as is_given_up
    from headway.run
   where run.executor is not null
     and run.finished_at is null
     and (run.executor in (select id from dead)
          or not exists (select from headway.executor where executor.id = run.executor))
   order by run.id
     for no key update of run skip locked
), given_up as (
  update headway.step set status = case when step.status = 'pending' then 'skipped' else 'failed' end,
         finished_at = case when step.status <> 'pending' then now() end
    from freed
   where run_id = freed.id and is_given_up and step.status in ('pending', 'running')
), taken as (
  update headway.run
     set executor = null,
         losses = losses + 1,
         status = case when is_given_up then 'failed' else status end,
         error = case when is_given_up then 'It was given up: ' || $1 || ' workers in a row died while they ran it' else error end,
         finished_at = case when is_given_up then now() end,
         updated_at = now(),
         revision = revision + 1
    from freed
   where run.id = freed.id
  returning run.id, finished_at
)
select id, pg_notify(case when finished_at is null then 'headway_work' else 'headway_run' end, id::text) from taken
