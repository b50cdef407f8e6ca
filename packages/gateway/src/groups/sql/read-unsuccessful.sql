-- A page of the children of a run that ended without success before it was retried. None once the
-- run is to stop. $1 parent, $2 ordinal and $3 id to continue after, $4 most
select run.id, run.ordinal::text, run.kind, run.engine, run.queue,
       round(date_part('epoch', family.retry_before) * 1000) as "beforeMs"
  from headway.run
  join headway.family on family.id = run.parent
 where run.parent = $1 and (run.ordinal, run.id) > ($2::bigint, $3::uuid)
   and run.status in ('failed', 'dead_letter', 'cancelled', 'compensated')
   -- The ends of other programs are times of their clocks.
   and case run.engine when 'observed' then run.updated_at else run.finished_at end <= family.retry_before
   and family.todo = 'retry'
   and not exists (select from headway.run as above where above.id = $1 and above.cancel_requested_at is not null)
 order by run.ordinal, run.id
 limit $4
