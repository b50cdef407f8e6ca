-- The log of this claim now has all earlier results. $1 id, $2 claim, $3 log
update headway.run set engine_id = $3, is_retried = false where id = $1 and claims = $2 returning id
