-- Records a group, unless it is a repetition.
-- $1 id, $2 name, $3 owner, $4 idempotency key, $5 title, $6 tags, $7 open, $8 stops
with made as (
  insert into headway.run (id, kind, name, engine, owner, idempotency_key, progress, title, tags, children)
  values ($1::uuid, 'job', $2, 'group', $3, $4, 0, $5, nullif($6::text[], '{}'), 'awaited')
  on conflict (id) do nothing
  returning id
), family as (
  insert into headway.family (id, is_open, stops) select id, $7, $8 from made
)
select id, pg_notify('headway_family', id::text) from made
