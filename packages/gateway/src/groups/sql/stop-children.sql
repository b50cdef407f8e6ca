-- A page of the children of a run that have not ended. Jobs that wait are cancelled at once, others
-- are asked to stop. None once they are to run again. Workflows and jobs of other programs are left to the caller.
-- $1 parent, $2 ordinal and $3 id to continue after, $4 most
with above as (
  select coalesce(case when run.cancel_requested_at is not null then run.reason end,
                  case when family.stops and family.failed > 0 then 'another one has failed' end,
                  family.error, run.error, 'cancelled') as why
    from headway.run join headway.family using (id)
   where run.id = $1 and family.todo = 'stop'
), page as (
  select id, ordinal, kind, engine,
         kind = 'job' and engine <> 'observed' as is_own,
         kind = 'job' and engine <> 'observed' and status in ('pending', 'retry') and children is null as at_once,
         engine <> 'group' and status in ('pending', 'retry') and children is not null as is_own_over
    from headway.run
   where parent = $1 and (ordinal, id) > ($2::bigint, $3::uuid)
     and finished_at is null and cancel_requested_at is null
     and exists (select from above)
   order by ordinal, id
   limit $4
     for no key update
), cancelled as (
  update headway.run
     set status = case when at_once then 'cancelled' else 'cancel_requested' end,
         error = case when at_once then why else error end,
         finished_at = case when at_once then now() end,
         children = case when is_own_over then 'awaited' else children end,
         reason = why,
         cancel_requested_at = now(),
         updated_at = now(),
         revision = revision + 1
    from page, above
   where run.id = page.id and page.is_own
  returning run.id, status, engine_id, is_own_over,
            pg_notify('headway_run', run.id::text),
            case when not at_once then pg_notify('headway_cancel', run.id::text) end
), kept as (
  update headway.family set status = 'cancelled' from cancelled where family.id = cancelled.id and is_own_over
)
select page.id, page.ordinal::text, page.kind, page.engine, page.is_own as "isOwn", above.why,
       case when cancelled.status = 'cancelled' then engine_id end as "taskId"
  from page cross join above left join cancelled using (id)
 order by page.ordinal, page.id
