-- For any language that speaks SQL: reports on work that runs elsewhere. This is no queue: whoever
-- calls start_job does the work. Each function answers the status the run has now, so that whoever
-- reports sees 'cancel_requested', or that the run has ended; null when there is no such run.

create function headway.start_job(
  name text, owner text default null, args json default null, id uuid default gen_random_uuid()
) returns uuid language sql as $$
  insert into headway.run (id, kind, name, engine, status, progress, attempt, started_at, owner, args)
  values (start_job.id, 'job', start_job.name, 'sql', 'running', 0, 1, now(), start_job.owner, start_job.args)
  returning run.id
$$;

-- Percent is rounded, and kept between 0 and 100; null leaves it as it is.
create function headway.progress(id uuid, percent numeric, message text default null)
returns text language sql as $$
  with written as (
    update headway.run
       set progress = coalesce(least(100, greatest(0, round(progress.percent)))::integer, run.progress),
           message = progress.message,
           updated_at = now(),
           revision = revision + 1
     where run.id = progress.id and run.status in ('running', 'cancel_requested')
    returning run.id
  ), told as (
    select pg_notify('headway_run', written.id::text) from written
  )
  select run.status from headway.run left join told on true where run.id = progress.id
$$;

-- What has ended stays as it ended.
create function headway.end_run(id uuid, status text, output json, error text)
returns text language plpgsql as $$
#variable_conflict use_column
declare
  now_is text;
begin
  update headway.run
     set status = end_run.status,
         output = end_run.output,
         error = case when end_run.status = 'cancelled'
                   then coalesce(end_run.error, reason, 'cancelled')
                   else end_run.error
                 end,
         finished_at = now(),
         updated_at = now(),
         revision = revision + 1
   where run.id = end_run.id
     and run.status not in ('completed', 'failed', 'dead_letter', 'cancelled');
  if found then
    perform pg_notify('headway_run', end_run.id::text);
  end if;
  select run.status into now_is from headway.run where run.id = end_run.id;
  return now_is;
end
$$;

create function headway.complete(id uuid, output json default null)
returns text language sql as $$
  select headway.end_run(complete.id, 'completed', complete.output, null)
$$;

create function headway.fail(id uuid, error text)
returns text language sql as $$
  select headway.end_run(fail.id, 'failed', null, fail.error)
$$;

-- The work was stopped. Without a reason it is the one that was given with the request to cancel.
create function headway.cancelled(id uuid, reason text default null)
returns text language sql as $$
  select headway.end_run(cancelled.id, 'cancelled', null, cancelled.reason)
$$;
