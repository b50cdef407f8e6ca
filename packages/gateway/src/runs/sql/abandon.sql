-- The engine gave up a run whose attempt has not ended. Does nothing after a new hand-over, or a
-- change.
-- $1 id, $2 error, $3 engine id, $4 revision (null: any)
with abandoned as (
  update headway.run
     set status = case
           when status = 'cancel_requested' then 'cancelled'
           when attempt > 1 then 'dead_letter'
           else 'failed'
         end,
         error = case when status = 'cancel_requested' then coalesce(reason, 'cancelled') else $2 end,
         holder = null,
         finished_at = now(),
         updated_at = now(),
         revision = revision + 1
   where id = $1
     and coalesce(engine_id, id::text) = $3
     and ($4::bigint is null or revision = $4::bigint)
     and status not in ('completed', 'failed', 'dead_letter', 'cancelled')
     and children is distinct from 'awaited'
  returning id, status
)
select status, pg_notify('headway_run', id::text) from abandoned
