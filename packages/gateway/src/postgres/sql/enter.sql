-- The first statement of a transaction: it fixes the snapshot of a repeatable read. Dates are ISO
-- 8601 whatever the role's settings. The number of ended transactions orders snapshots: it grows
-- with each one that ends, and each state of the database comes from one. A process that hangs in
-- a transaction loses its locks: behind a pooler the session has no such limit. $1 maximum time of
-- a statement, $2 maximum wait for the next one, both in milliseconds
select set_config('statement_timeout', $1, true),
       set_config('idle_in_transaction_session_timeout', $2, true),
       set_config('datestyle', 'ISO', true),
       set_config('intervalstyle', 'postgres', true),
       (pg_snapshot_xmax(now_is)::text::bigint - (select count(*) from pg_snapshot_xip(now_is)))::float8 as ended
  from pg_current_snapshot() as now_is
