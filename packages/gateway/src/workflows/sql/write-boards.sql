-- The visible state of any number of workflows. Answers the ids that the writer still has. Only a
-- finished or undone step resets the count of lost workers: a run that kills each worker reports
-- other changes, too.
-- Runs: $1 ids, $2 claims, $3 statuses, $4 steps, $5 events, $6 percents, $7 messages, $8 done,
-- $9 totals, $10 units
-- Steps: $11 runs, $12 names, $13 ordinals, $14 statuses, $15 errors
with given as (
  select *
    from unnest($1::uuid[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::real[], $7::text[],
                $8::double precision[], $9::double precision[], $10::text[])
      as given (id, claim, status, step, waiting_for, percent, message, done, total, unit)
), held as (
  select run.id
    from headway.run join given on given.id = run.id and given.claim = run.claims
   where run.finished_at is null
   order by run.id
     for no key update of run
), stepped as (
  insert into headway.step as known (run_id, name, ordinal, status, error, started_at, finished_at)
  select held.id, name, ordinal, status, error, now(), case when status <> 'running' then now() end
    from unnest($11::uuid[], $12::text[], $13::integer[], $14::text[], $15::text[])
           as new (run_id, name, ordinal, status, error)
    join held on held.id = new.run_id
  on conflict (run_id, name) do update
     set status = excluded.status,
         error = excluded.error,
         started_at = coalesce(known.started_at, excluded.started_at),
         finished_at = excluded.finished_at
   where (known.status, known.error) is distinct from (excluded.status, excluded.error)
  returning run_id, status
), written as (
  update headway.run
     set status = given.status,
         step = given.step,
         waiting_for = given.waiting_for,
         progress = floor(given.percent)::integer,
         percent = given.percent,
         done = given.done,
         total = given.total,
         unit = given.unit,
         message = given.message,
         losses = case
           when run.id in (select run_id from stepped where status in ('completed', 'compensated')) then 0
           else losses
         end,
         updated_at = now(),
         revision = revision + 1
    from held join given on given.id = held.id
   where run.id = held.id
  returning run.id
)
select id, pg_notify('headway_run', id::text) from written
