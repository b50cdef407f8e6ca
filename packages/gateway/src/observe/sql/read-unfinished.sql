-- Observed runs of a queue that have not ended. $1 queue, $2 id to continue after, $3 most
select id, engine_id as "jobId"
  from headway.run
 where engine = 'observed'
   and queue = $1
   and finished_at is null
   and ($2::uuid is null or id > $2::uuid)
   -- One that is still to be added to its queue is not missing there.
   and (observed is not null or handed_over_at is not null)
 order by id
 limit $3
