-- Removes runs with their steps and events, and tells those who watch them. $1 ids
with removed as (
  delete from headway.run where id = any($1::uuid[]) returning id
)
select count(pg_notify('headway_run', id::text))::integer as count from removed
