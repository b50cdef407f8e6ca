-- A page of the children of a run that ended without success before it was retried.
-- $1 parent, $2 ordinal and $3 id to continue after, $4 most
select run.id, run.ordinal::text
  from headway.run
  join headway.family on family.id = run.parent
 where run.parent = $1 and (run.ordinal, run.id) > ($2::bigint, $3::uuid)
   and run.status in ('failed', 'dead_letter', 'cancelled', 'compensated')
   and run.finished_at <= family.retry_before
 order by run.ordinal, run.id
 limit $4
