-- True when a run waits for this task. $1 id, $2 engine id
select id
  from headway.run
 where id = $1
   and coalesce(engine_id, $2) = $2
   and status not in ('completed', 'failed', 'dead_letter', 'cancelled')
   and children is distinct from 'awaited'
