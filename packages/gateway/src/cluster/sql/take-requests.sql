-- Reads the oldest requests that were left for a gateway, in order, and removes those that it has
-- handled: a lost answer loses no request.
-- $1 its number, $2 the most at a time, $3 the ids that it has handled
with handled as (
  delete from headway.left_request where id = any($3::bigint[])
)
select id::text, session_id as "sessionId", request
  from headway.left_request
 where gateway = $1 and id <> all($3::bigint[])
 order by left_request.id
 limit $2
