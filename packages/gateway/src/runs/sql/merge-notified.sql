-- The fields of a raw `NOTIFY forge_job_updates`: those that were given are in $2, the others stay. What is
-- the same already is no change, since every gateway hears it.
-- $1 id, $2 the payload
with given as (
  select id,
         coalesce($2::jsonb ->> 'status', status) as status,
         case when $2::jsonb ? 'progress' then ($2::jsonb ->> 'progress')::numeric::integer else progress end as progress,
         case when $2::jsonb ? 'message' then $2::jsonb ->> 'message' else message end as message,
         case when $2::jsonb ? 'output' then ($2::jsonb -> 'output')::json else output end as output,
         case when $2::jsonb ? 'error' then $2::jsonb ->> 'error' else error end as error
    from headway.run
   where id = $1 and kind = 'job'
), merged as (
  update headway.run
     set status = given.status,
         progress = given.progress,
         message = given.message,
         output = given.output,
         error = given.error,
         attempt = case when given.status in ('pending', 'claimed') then attempt else greatest(attempt, 1) end,
         finished_at = case
           when given.status in ('completed', 'failed', 'dead_letter', 'cancelled') then coalesce(finished_at, now())
         end,
         updated_at = now(),
         revision = revision + 1
    from given
   where run.id = given.id
     and (run.status not in ('completed', 'failed', 'dead_letter', 'cancelled') or run.status = given.status)
     and (run.status, run.progress, run.message, run.output::text, run.error)
         is distinct from
         (given.status, given.progress, given.message, given.output::text, given.error)
  returning run.id
)
select pg_notify('headway_run', id::text) from merged
