-- A waiting run is cancelled at once; a running one is asked to stop. $1 id, $2 reason
with cancelled as (
  update headway.run
     set status = case when status in ('pending', 'retry') then 'cancelled' else 'cancel_requested' end,
         error = case when status in ('pending', 'retry') then coalesce($2, 'cancelled') else error end,
         finished_at = case when status in ('pending', 'retry') then now() end,
         reason = $2,
         cancel_requested_at = now(),
         updated_at = now(),
         revision = revision + 1
   where id = $1
     and status in ('pending', 'retry', 'claimed', 'running')
  returning id, status, engine_id
)
select status, engine_id,
       pg_notify('headway_run', id::text),
       case when status = 'cancel_requested' then pg_notify('headway_cancel', id::text) end
  from cancelled
