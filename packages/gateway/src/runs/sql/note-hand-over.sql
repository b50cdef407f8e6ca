-- The queue has a run. $1 id, $2 engine id, $3 queue
update headway.run set handed_over_at = now(), queue = coalesce(queue, $3) where id = $1 and engine_id = $2
