-- The engine gave a run up without its attempt having ended. $1 id, $2 error
with abandoned as (
  update headway.run
     set status = case
           when status = 'cancel_requested' then 'cancelled'
           when attempt > 1 then 'dead_letter'
           else 'failed'
         end,
         error = case when status = 'cancel_requested' then coalesce(reason, 'cancelled') else $2 end,
         finished_at = now(),
         updated_at = now(),
         revision = revision + 1
   where id = $1
     and status not in ('completed', 'failed', 'dead_letter', 'cancelled')
  returning id, status
)
select status, pg_notify('headway_run', id::text) from abandoned
