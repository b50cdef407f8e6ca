-- Gives back what an executor has and does not execute: it never heard the answer to its claim.
-- $1 executor, $2 what it executes
with released as (
  update headway.run set executor = null
   where executor = $1 and finished_at is null and id <> all($2::uuid[])
  returning id
)
select pg_notify('headway_work', id::text) from released
