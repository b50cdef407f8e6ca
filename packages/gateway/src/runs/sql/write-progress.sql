-- The newest progress of any number of runs. [PostgreSQL docs, synchronous_commit] off: the commit
-- returns before its WAL is flushed; a crash may lose the last commits, but never half of one. It
-- is set for this transaction alone, which works behind any pooler.
-- $1 ids, $2 attempts, $3 percents, $4 messages
with written as (
  update headway.run as run
     set progress = new.progress,
         message = new.message,
         updated_at = now(),
         revision = revision + 1
    from unnest($1::uuid[], $2::integer[], $3::integer[], $4::text[])
           as new (id, attempt, progress, message)
   where run.id = new.id
     and run.attempt = new.attempt
     and run.status in ('running', 'cancel_requested')
     and (run.progress, run.message) is distinct from (new.progress, new.message)
  returning run.id
)
select pg_notify('headway_run', id::text), set_config('synchronous_commit', 'off', true) from written
