-- Takes runs to remove them: not those that are in use, that a retry has reopened, or whose parent
-- still runs, which could look for its result again.
-- $1 ids, $2 time, $3 days before that time
select id, engine, claims
  from headway.run
 where id = any($1::uuid[])
   and finished_at < coalesce($2::timestamptz, now()) - $3::float8 * interval '1 day'
   and not exists (select from headway.run as above where above.id = run.parent and above.finished_at is null)
   for update skip locked
