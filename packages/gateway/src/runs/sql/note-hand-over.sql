-- The queue has heard of a run. $1 id, $2 engine id
update headway.run set handed_over_at = now() where id = $1 and engine_id = $2
