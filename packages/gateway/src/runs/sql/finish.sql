-- An attempt ended. A failed attempt of a run with a request to cancel is its last. Of a run with
-- children, the answer is its status until they have ended.
-- $1 id, $2 attempt, $3 status, $4 percent and $5 message, $6 output, $7 error, $8 done, $9 total,
-- $10 unit (null percent: it and the message, done, total and unit stay unchanged)
with finished as (
  update headway.run
     set status = ended.status,
         progress = coalesce(floor($4::real)::integer, progress),
         percent = coalesce($4::real, percent),
         done = case when $4::real is null then done else $8::double precision end,
         total = case when $4::real is null then total else $9::double precision end,
         unit = case when $4::real is null then unit else $10 end,
         message = case when $4::real is null then message else $5 end,
         output = $6,
         error = case when ended.status = 'cancelled' then coalesce(reason, 'cancelled') else $7 end,
         holder = null,
         -- A repeated write after a lost answer is the same failure.
         failures = failures + (ended.status = 'retry' and run.status <> 'retry')::integer,
         finished_at = case when ended.status = 'retry' then null else now() end,
         updated_at = now(),
         revision = revision + 1
    from (
      select case when $3 = 'retry' and status = 'cancel_requested' then 'cancelled' else $3 end
        from headway.run where id = $1 for update
    ) as ended (status)
   where id = $1
     and attempt = $2
     -- A waiting run was retried: the earlier attempt must not end it.
     and run.status not in ('pending', 'completed', 'failed', 'dead_letter', 'cancelled')
  returning id, run.status
)
select status, pg_notify('headway_run', id::text) from finished
