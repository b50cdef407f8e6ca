-- The oldest of what was left for a gateway, in order. What it has handled is removed: if the answer to
-- this is lost, nothing else is. $1 its number, $2 the most at a time, $3 the ids that it has handled
with handled as (
  delete from headway.left_request where id = any($3::bigint[])
)
select id::text, session_id as "sessionId", request
  from headway.left_request
 where gateway = $1 and id <> all($3::bigint[])
 order by left_request.id
 limit $2
