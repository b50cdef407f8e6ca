-- $1 ids, $2 how many bytes of JSON an output may have: a larger one is left out. What is stored in more is not unpacked
-- to be counted, and nothing is counted of the many runs that have none yet. One character more than is shown of each
-- text, so that what is cut can say so.
select id, kind, name, owner, status, progress, left(message, 1001) as message,
       case when output is null or pg_column_size(output) > $2 then null
            when octet_length(output::text) <= $2 then output end as output,
       case when output is null then false
            when pg_column_size(output) > $2 then true
            else octet_length(output::text) > $2 end as "isLarge",
       left(error, 2001) as error, attempt,
       step, left(waiting_for, 256) as "waitingFor",
       cancel_requested_at is not null as "isCancelRequested",
       case when kind = 'workflow' then (
         select coalesce(json_agg(json_build_object('name', name, 'status', status, 'error', left(error, 2001))
                                  order by ordinal, name), '[]')
           from headway.step where run_id = run.id
       ) end as steps,
       revision::float8 as revision
  from headway.run
 where id = any($1::uuid[])
