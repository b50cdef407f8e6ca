-- A job that runs is about to start children. Nothing for an attempt that counts no more, that is
-- to stop, or whose children are cancelled. $1 id, $2 attempt, $3 stops
with run as (
  update headway.run set children = 'counted'
   where id = $1::uuid and attempt = $2 and status = 'running' and children is distinct from 'awaited'
  returning id, owner
), family as (
  insert into headway.family as known (id, stops) select id, $3 from run
  on conflict (id) do update set stops = excluded.stops where not known.is_stopped and known.todo is distinct from 'stop'
  returning id
)
select owner from run join family using (id)
