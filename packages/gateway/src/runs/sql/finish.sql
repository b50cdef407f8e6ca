-- An attempt ended. A failed attempt of a run with a request to cancel is its last. A run with
-- children ends with them: the end of its own work is kept until then.
-- $1 id, $2 attempt, $3 status, $4 percent and $5 message, $6 output, $7 error, $8 done, $9 total,
-- $10 unit (null percent: it and the message, done, total and unit stay unchanged)
with finished as (
  update headway.run
     set status = case
           when not ended.is_awaited then ended.status
           when run.status = 'cancel_requested' then run.status
           else 'running'
         end,
         progress = coalesce(floor($4::real)::integer, progress),
         percent = coalesce($4::real, percent),
         done = case when $4::real is null then done else $8::double precision end,
         total = case when $4::real is null then total else $9::double precision end,
         unit = case when $4::real is null then unit else $10 end,
         message = case when $4::real is null then message else $5 end,
         output = case when not ended.is_awaited then $6::json end,
         error = case
           when ended.is_awaited then error
           when ended.status = 'cancelled' then coalesce(reason, 'cancelled')
           else $7
         end,
         children = case when ended.is_awaited then 'awaited' else children end,
         holder = null,
         -- A repeated write after a lost answer is the same failure.
         failures = failures + (ended.status = 'retry' and run.status <> 'retry')::integer,
         finished_at = case when ended.status = 'retry' or ended.is_awaited then null else now() end,
         updated_at = now(),
         revision = revision + 1
    from (
      select status, status <> 'retry' and children is not null
        from (select case when $3 = 'retry' and status = 'cancel_requested' then 'cancelled' else $3 end as status,
                     children
                from headway.run where id = $1 for update) as locked
    ) as ended (status, is_awaited)
   where id = $1
     and attempt = $2
     -- A waiting run was retried: the earlier attempt must not end it.
     and run.status not in ('pending', 'completed', 'failed', 'dead_letter', 'cancelled')
  returning id, ended.status, ended.is_awaited
), kept as (
  update headway.family
     set status = finished.status, output = $6::json, error = $7
    from finished
   where family.id = finished.id and finished.is_awaited
)
select status, pg_notify('headway_run', id::text),
       case when is_awaited then pg_notify('headway_family', id::text) end
  from finished
