-- The runs whose children were not counted, or not cancelled or retried, as they were to be; and those
-- that end or stop now, of which nobody has heard.
select distinct parent as id from headway.family_change
union
select id from headway.family where todo is not null
union
select run.id
  from headway.run join headway.family using (id)
 where run.children = 'awaited' and run.finished_at is null
   and (not is_open or cancel_requested_at is not null) and family.done + failed + cancelled = family.total
union
select run.id
  from headway.family join headway.run using (id)
 where family.done + failed + cancelled < family.total and not is_stopped and run.kind = 'job'
   and (cancel_requested_at is not null or family.status <> 'completed'
        or finished_at is not null and run.status <> 'completed')
