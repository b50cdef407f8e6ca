-- A group that is locked. $1 id
select run.owner,
       family.is_open and not family.is_stopped and run.finished_at is null and run.cancel_requested_at is null
         as "isOpen"
  from headway.family
  join headway.run using (id)
 where family.id = $1
