-- A sign of life of an executor. No row: it was considered dead. $1 executor
update headway.executor set seen_at = now() where id = $1 returning id
