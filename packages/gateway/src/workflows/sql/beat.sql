-- Says that an executor is alive. Nothing is answered when it was taken for dead. $1 executor
update headway.executor set seen_at = now() where id = $1 returning id
