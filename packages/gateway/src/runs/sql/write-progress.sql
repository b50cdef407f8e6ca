-- The newest progress of any number of runs. [PostgreSQL docs, synchronous_commit] off: the commit
-- returns before its WAL is flushed; a crash may lose the last commits, but never half of one. It
-- is set for this transaction alone, which works behind any pooler.
-- $1 ids, $2 attempts, $3 percents, $4 messages, $5 done, $6 totals, $7 units
with written as (
  update headway.run as run
     set progress = floor(new.percent)::integer,
         percent = new.percent,
         done = new.done,
         total = new.total,
         unit = new.unit,
         message = new.message,
         updated_at = now(),
         revision = revision + 1
    from unnest($1::uuid[], $2::integer[], $3::real[], $4::text[],
                $5::double precision[], $6::double precision[], $7::text[])
           as new (id, attempt, percent, message, done, total, unit)
   where run.id = new.id
     and run.attempt = new.attempt
     and run.status in ('running', 'cancel_requested')
     and (coalesce(run.percent, run.progress), run.message, run.done, run.total, run.unit)
         is distinct from (new.percent, new.message, new.done, new.total, new.unit)
  returning run.id
)
select pg_notify('headway_run', id::text), set_config('synchronous_commit', 'off', true) from written
