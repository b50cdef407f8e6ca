-- $1 ids, $2 maximum size of an output in bytes of JSON: a larger one is omitted. A stored size
-- above the limit saves unpacking the output, and the many runs without an output are not
-- measured. Texts have one character more than is shown, so that a cut is noticed.
select id, kind, name, engine, queue,
       case when kind = 'job' and status in ('pending', 'retry') then coalesce(engine_id, id::text) end as "taskId",
       owner, readers, status, coalesce(percent, progress) as progress,
       left(message, 1001) as message, done, total, left(unit, 32) as unit,
       round(date_part('epoch', created_at) * 1000) as "createdAt",
       round(date_part('epoch', started_at) * 1000) as "startedAt",
       round(date_part('epoch', finished_at) * 1000) as "finishedAt",
       case when output is null or pg_column_size(output) > $2 then null
            when octet_length(output::text) <= $2 then output end as output,
       case when output is null then false
            when pg_column_size(output) > $2 then true
            else octet_length(output::text) > $2 end as "isLarge",
       left(error, 2001) as error, attempt,
       step, left(waiting_for, 256) as "waitingFor",
       case when children is not null then (
         select json_build_object('total', total, 'done', done, 'failed', failed, 'cancelled', cancelled,
                                  'running', running)
           from headway.family where family.id = run.id
       ) end as children,
       cancel_requested_at is not null as "isCancelRequested",
       case when kind = 'workflow' then (
         select coalesce(json_agg(json_build_object('name', name, 'status', status, 'error', left(error, 2001),
                                                    'startedAt', round(date_part('epoch', started_at) * 1000),
                                                    'finishedAt', round(date_part('epoch', finished_at) * 1000))
                                  order by ordinal, name), '[]')
           from headway.step where run_id = run.id
       ) end as steps,
       revision::float8 as revision
  from headway.run
 where id = any($1::uuid[])
