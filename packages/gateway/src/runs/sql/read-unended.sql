-- Jobs that have not changed for a while and have no living worker, or that this worker has
-- forgotten.
-- $1 engine, $2 queue, $3 milliseconds, $4 id to continue after, $5 this worker's holder, $6 its
-- running jobs
with live as materialized (
  select holder from headway.live_holders() as live (holder)
)
select id as "runId", coalesce(engine_id, id::text) as id, status, revision::text as revision
  from headway.run
 where kind = 'job'
   and finished_at is null
   and engine <> 'sql'
   and children is distinct from 'awaited'
   and engine = $1
   and queue = $2
   and handed_over_at is not null
   and updated_at < now() - $3 * interval '1 millisecond'
   and ($4::uuid is null or id > $4::uuid)
   and (holder is null
        or holder = $5::bigint and id <> all($6::uuid[])
        or holder is distinct from $5::bigint and holder not in (select holder from live))
 order by run.id
 limit 200
