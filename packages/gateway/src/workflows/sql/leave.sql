-- An executor ends: its runs are free. $1 executor
with gone as (
  delete from headway.executor where id = $1
), freed as (
  update headway.run set executor = null where executor = $1 and finished_at is null returning id
)
select pg_notify('headway_work', id::text) from freed
