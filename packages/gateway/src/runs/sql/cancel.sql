-- A waiting run is cancelled at once; a running one is asked to stop. One with children ends with
-- them. $1 id, $2 reason
with cancelled as (
  update headway.run
     set status = case when at_once then 'cancelled' else 'cancel_requested' end,
         error = case when at_once then coalesce($2, 'cancelled') else error end,
         finished_at = case when at_once then now() end,
         children = case when children is not null and status in ('pending', 'retry') then 'awaited' else children end,
         reason = $2,
         cancel_requested_at = now(),
         updated_at = now(),
         revision = revision + 1
    from (select id as wanted, children is null and status in ('pending', 'retry') as at_once,
                 engine <> 'group' and children is not null and status in ('pending', 'retry') as is_own_over
            from headway.run where id = $1 for update) as locked
   where id = wanted
     and status in ('pending', 'retry', 'claimed', 'running')
  returning id, status, engine_id, is_own_over
), kept as (
  update headway.family
     set status = 'cancelled'
    from cancelled
   where family.id = cancelled.id and cancelled.is_own_over
)
select status, engine_id,
       pg_notify('headway_run', id::text),
       case when status = 'cancel_requested' then pg_notify('headway_cancel', id::text) end
  from cancelled
