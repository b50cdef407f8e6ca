-- Takes the oldest of what was left for a gateway. $1 its number, $2 the most at a time
delete from headway.left_request where id in
  (select id from headway.left_request where gateway = $1 order by id limit $2)
returning id::text, session_id as "sessionId", request
