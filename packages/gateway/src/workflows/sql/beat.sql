-- A sign of life of an executor, and whether there is something to bury, to take or to give back:
-- an idle worker asks nothing more. No row: it was considered dead.
-- $1 executor, $2 the runs that it executes
update headway.executor set seen_at = now() where id = $1
returning
  exists (
    select from headway.executor other
     where other.seen_at < now() - other.lease_ms * interval '1 millisecond' and other.id <> $1
  ) or exists (
    select from headway.run
     where executor is not null
       and finished_at is null
       and not exists (select from headway.executor other where other.id = run.executor)
  ) as "areSilent",
  exists (
    select from headway.run where kind = 'workflow' and executor is null and finished_at is null
  ) or exists (
    select from headway.run
     where executor = $1 and finished_at is null and id <> all($2::uuid[])
  ) as "areFree"
