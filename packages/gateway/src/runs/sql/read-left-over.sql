-- What its queue has not heard of for a while. $1 engine, $2 milliseconds
select id as "runId", engine_id as id, name, args
  from headway.run
 where kind = 'job'
   and status = 'pending'
   and handed_over_at is null
   and engine = $1
   and updated_at < now() - $2 * interval '1 millisecond'
 order by updated_at
 limit 100
