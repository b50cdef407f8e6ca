-- Records a start, unless it is a repetition. True when the run has to be handed to its engine.
-- That includes a repeated start that no worker has taken, since the engine may not have it; not
-- one of another queue.
-- $1 id, $2 name, $3 engine, $4 owner, $5 idempotency key, $6 arguments, $7 queue, $8 options,
-- $9 engine id, $10 title, $11 tags
with inserted as (
  insert into headway.run
    (id, kind, name, engine, owner, idempotency_key, args, progress, engine_id, queue, options,
     title, tags)
  values ($1::uuid, 'job', $2, $3, $4, $5, $6, 0, $9, $7, $8, $10, nullif($11::text[], '{}'))
  on conflict (id) do nothing
  returning true as is_waiting
)
select is_waiting from inserted
union all
select status = 'pending' and attempt = 0 and engine = $3 and coalesce(queue, $7) = $7 as is_waiting
  from headway.run
 where id = $1::uuid and not exists (select from inserted)
