-- A group, locked until its new children are there. $1 id
select run.name, run.owner,
       family.is_open and not family.is_stopped and run.finished_at is null and run.cancel_requested_at is null
         as "isOpen"
  from headway.family
  join headway.run using (id)
 where family.id = $1 and run.engine = 'group'
   for update of family
