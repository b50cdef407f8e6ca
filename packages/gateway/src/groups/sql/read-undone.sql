-- The runs whose children were not counted, or not cancelled or retried, as they were to be; and
-- those that end or stop now, of which nobody has heard. `offset 0`: each is found by its id,
-- whatever PostgreSQL believes of their number.
with awaiting as materialized (
  select id, cancel_requested_at is not null as is_cancelled
    from headway.run
   where children = 'awaited' and finished_at is null
), unended as materialized (
  select id, status from headway.family where done + failed + cancelled < total and not is_stopped
)
select distinct parent as id from headway.family_change
union
select id from headway.family where todo is not null
union
select awaiting.id
  from awaiting
  cross join lateral (
    select is_open, done + failed + cancelled = total as are_ended
      from headway.family where family.id = awaiting.id offset 0
  ) as below
 where below.are_ended and (not below.is_open or awaiting.is_cancelled)
union
select unended.id
  from unended
  cross join lateral (
    select cancel_requested_at is not null as is_cancelled, kind, status, finished_at
      from headway.run where run.id = unended.id offset 0
  ) as above
 where above.kind = 'job'
   and (above.is_cancelled or unended.status <> 'completed'
        or above.finished_at is not null and above.status <> 'completed')
