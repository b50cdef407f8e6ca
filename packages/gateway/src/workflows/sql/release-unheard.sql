-- Gives back the runs that an executor has but does not execute: the answer to its claim was lost.
-- $1 executor, $2 its running workflows
with released as (
  update headway.run set executor = null
   where executor = $1 and finished_at is null and id <> all($2::uuid[])
  returning id
)
select pg_notify('headway_work', id::text) from released
