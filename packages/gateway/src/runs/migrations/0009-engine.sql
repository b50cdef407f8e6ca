-- What it takes to hand a job to its queue again, and who runs it now.
alter table headway.run
  -- The queue, as its engine names it: another app in this database has another one. Null: started
  -- before this column.
  add column queue text,
  -- How the queue is to treat it: attempts, backoff, priority, delay.
  add column options json,
  -- The worker that runs it, by the key of an advisory lock that its session has. Null: none, or
  -- one without a lock.
  add column holder bigint,
  -- How many attempts have failed. What was lost with its worker is counted in `losses`.
  add column failures integer not null default 0;

-- Likewise who runs workflows: a step that keeps its process busy keeps it from giving a sign of
-- life.
alter table headway.executor add column holder bigint;

-- The key is the id, which never changes: an index on `updated_at` would be written with each
-- report of progress.
drop index headway.run_to_hand_over;
create index run_to_hand_over on headway.run (id)
  where kind = 'job' and finished_at is null and handed_over_at is null and engine <> 'sql';
create index run_unended on headway.run (id)
  where kind = 'job' and finished_at is null and engine <> 'sql';

-- The workers that live: the lock goes with the session, and the session with the process.
create function headway.live_holders() returns setof bigint language sql volatile as $$
  select (classid::bigint << 32) | objid::bigint
    from pg_locks
   where locktype = 'advisory'
     and granted
     and objsubid = 1
     and database = (select oid from pg_database where datname = current_database())
$$;
