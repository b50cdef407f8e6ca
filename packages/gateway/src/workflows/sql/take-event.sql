-- The oldest event of this name that ended no other wait. A repeated call gets the same one: an
-- answer can be lost.
-- $1 id, $2 name, $3 the wait
with next as (
  select id from headway.event
   where run_id = $1 and name = $2 and (taken_by is null or taken_by = $3)
   order by taken_by is null, id
   limit 1
     for update
)
update headway.event set taken_by = $3 from next where event.id = next.id returning payload
