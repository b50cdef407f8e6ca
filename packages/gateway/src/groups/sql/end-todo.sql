-- All children were cancelled, or retried. $1 parent, $2 what was to be done
with ended as (
  update headway.family
     set todo = null,
         retry_before = null,
         is_stopped = is_stopped or $2 = 'stop'
   where id = $1 and todo = $2
  returning id
)
select pg_notify('headway_family', id::text) from ended
