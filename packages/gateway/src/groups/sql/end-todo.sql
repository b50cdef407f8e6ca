-- All children were cancelled, or retried. Those that are left to other gateways have an hour:
-- their queue may be nobody's any more. $1 parent, $2 what was to be done, $3 some are left
with ended as (
  update headway.family
     set todo = null,
         retry_before = null,
         is_stopped = is_stopped or $2 = 'stop'
   where id = $1 and todo = $2 and (not $3 or retry_before < now() - interval '1 hour')
  returning id
)
select pg_notify('headway_family', id::text) from ended
