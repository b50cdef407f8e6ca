-- Records a start, unless it is a repetition. Its steps are there from the start.
-- $1 id, $2 name, $3 engine, $4 owner, $5 idempotency key, $6 arguments, $7 steps, $8 parent,
-- $9 title, $10 tags
with inserted as (
  insert into headway.run (id, kind, name, engine, status, owner, idempotency_key, args, parent, title, tags, ordinal)
  values ($1, 'workflow', $2, $3, 'created', $4, $5, $6, $8, $9, nullif($10::text[], '{}'),
          case when $8::uuid is null then 0 else (extract(epoch from clock_timestamp()) * 1000000)::bigint end)
  on conflict (id) do nothing
  returning id
), declared as (
  insert into headway.step (run_id, name, ordinal)
  select inserted.id, declared.name, declared.ordinal
    from inserted, unnest($7::text[]) with ordinality as declared (name, ordinal)
)
select pg_notify('headway_work', id::text) from inserted
