-- Starts that their queue has not received for a while. Of starts from before queues were
-- recorded: the jobs that are defined here.
-- $1 engine, $2 queue, $3 names, $4 milliseconds
select id as "runId", engine_id as id, name, args, options
  from headway.run
 where kind = 'job'
   and finished_at is null
   and handed_over_at is null
   and engine <> 'sql'
   and children is distinct from 'awaited'
   and engine = $1
   and (queue = $2 or (queue is null and name = any($3::text[])))
   and updated_at < now() - $4 * interval '1 millisecond'
 order by run.id
 limit 100
