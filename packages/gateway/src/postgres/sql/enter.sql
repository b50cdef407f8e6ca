-- The first statement of a transaction: it fixes the snapshot of a repeatable read. Dates come as ISO 8601 whatever the
-- role's settings. How many transactions had ended by then orders snapshots: it grows with every one that ends, and
-- every state of the database comes of one that has. A process that hangs in between loses its locks: behind a pooler the
-- session has no such limit. $1 how long a statement may take, $2 how long the transaction may wait for the next one,
-- both in milliseconds
select set_config('statement_timeout', $1, true),
       set_config('idle_in_transaction_session_timeout', $2, true),
       set_config('datestyle', 'ISO', true),
       set_config('intervalstyle', 'postgres', true),
       (pg_snapshot_xmax(now_is)::text::bigint - (select count(*) from pg_snapshot_xip(now_is)))::float8 as ended
  from pg_current_snapshot() as now_is
