-- Gives a run back for other executors. $1 id, $2 claim
with released as (
  update headway.run set executor = null
   where id = $1 and claims = $2 and finished_at is null
  returning id
)
select pg_notify('headway_work', id::text) from released
