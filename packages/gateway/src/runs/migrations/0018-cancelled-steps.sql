-- A step that a cancel stopped has not failed. The rows that exist need no check: they have fewer
-- words.
alter table headway.step
  drop constraint step_status_check,
  add constraint step_status_check
    check (status in ('pending', 'running', 'completed', 'failed', 'cancelled', 'compensated', 'skipped'))
    not valid;

-- As before; of a cancelled workflow, the step under way is cancelled, and has the reason.
create or replace function headway.end_run(id uuid, status text, output json, error text)
returns text language plpgsql as $$
#variable_conflict use_column
declare
  ended headway.run;
begin
  update headway.run
     set status = case when kind = 'workflow' and end_run.status = 'cancelled' then 'compensated' else end_run.status end,
         output = end_run.output,
         error = case when end_run.status in ('cancelled', 'compensated')
                   then coalesce(end_run.error, reason, 'cancelled')
                   else end_run.error
                 end,
         step = null,
         waiting_for = null,
         finished_at = now(),
         updated_at = now(),
         revision = revision + 1
   where run.id = end_run.id
     and run.status not in ('completed', 'failed', 'dead_letter', 'cancelled', 'compensated')
  returning run.* into ended;
  if found then
    update headway.step
       set status = case
             when status = 'pending' then 'skipped'
             when ended.status = 'completed' then 'completed'
             when end_run.status = 'cancelled' then 'cancelled'
             when ended.status = 'compensated' and ended.cancel_requested_at is not null then 'cancelled'
             else 'failed'
           end,
           error = case when status = 'running' and ended.status <> 'completed' then ended.error end,
           finished_at = now()
     where run_id = end_run.id and status in ('pending', 'running');
    perform pg_notify('headway_run', end_run.id::text);
  end if;
  return headway.status_of(end_run.id);
end
$$;
