-- Asks for the end of an observed run: its queue decides. $1 id, $2 reason, $3 message
with asked as (
  update headway.run
     set status = 'cancel_requested',
         cancel_requested_at = now(),
         reason = $2,
         message = $3,
         updated_at = now(),
         revision = revision + 1
   where id = $1 and engine = 'observed' and finished_at is null and cancel_requested_at is null
  returning id
)
select queue, engine_id as "jobId", coalesce(reason, $2) as reason,
       (select pg_notify('headway_run', id::text) from asked)
  from headway.run
 where id = $1 and engine = 'observed' and finished_at is null
