-- Takes what was left for a gateway. $1 its number
delete from headway.left_request where gateway = $1
returning id::text, session_id as "sessionId", request
