-- The handler of an attempt is about to run. May be repeated: a worker that lost the answer calls
-- it twice.
-- $1 id, $2 attempt
with begun as (
  update headway.run
     set status = 'running',
         error = null,
         started_at = case when status = 'running' then started_at else now() end,
         updated_at = now(),
         revision = revision + 1
   where id = $1 and attempt = $2 and status in ('claimed', 'running')
  returning id, status
)
select status, pg_notify('headway_run', id::text) from begun
