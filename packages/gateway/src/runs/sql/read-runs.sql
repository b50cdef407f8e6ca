-- $1 ids
select id, kind, name, owner, status, progress, message, output, error, attempt,
       step, waiting_for as "waitingFor",
       cancel_requested_at is not null as "isCancelRequested",
       case when kind = 'workflow' then (
         select coalesce(json_agg(json_build_object('name', name, 'status', status, 'error', error)
                                  order by ordinal, name), '[]')
           from headway.step where run_id = run.id
       ) end as steps,
       revision::float8 as revision
  from headway.run
 where id = any($1::uuid[])
