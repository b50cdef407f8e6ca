-- Who runs workflows. One that has not been seen for a while is taken for dead, and what it ran by
-- others.
create table headway.executor (
  id       uuid primary key,
  seen_at  timestamptz not null default now(),
  -- How long after that it is taken for dead.
  lease_ms integer not null
);

alter table headway.run
  -- The step under way, and the event that is waited for.
  add column step text,
  add column waiting_for text,
  -- The workflow whose step this one is.
  add column parent uuid,
  -- Who runs it; null: nobody, and whoever can may take it.
  add column executor uuid,
  -- How often it was taken. Every write of whoever took it is fenced by it.
  add column claims integer not null default 0,
  -- How many executors in a row have died while they ran it.
  add column losses integer not null default 0,
  -- Somebody asked for it again: whoever takes it next repeats what failed or was undone.
  add column is_retried boolean not null default false;

create index run_free on headway.run (created_at)
  where kind = 'workflow' and executor is null and finished_at is null;
create index run_executor on headway.run (executor) where executor is not null;

create table headway.step (
  run_id      uuid not null references headway.run on delete cascade,
  name        text not null,
  -- In which order they are shown.
  ordinal     integer not null,
  status      text not null default 'pending'
              check (status in ('pending', 'running', 'completed', 'failed', 'compensated', 'skipped')),
  error       text,
  started_at  timestamptz,
  finished_at timestamptz,
  primary key (run_id, name)
);

-- What workflows were told. One that comes before anybody waits for it is kept.
create table headway.event (
  id         bigint generated always as identity primary key,
  run_id     uuid not null references headway.run on delete cascade,
  name       text not null,
  payload    json not null default 'null',
  -- So that an event that is sent twice is kept once.
  key        text,
  -- Which wait it ended.
  taken_by   text,
  created_at timestamptz not null default now(),
  unique (run_id, key)
);
create index event_of_run on headway.event (run_id, name, id);

-- What a run that somebody reports on is now; 'cancel_requested': stop, undo what was done, and say
-- so.
create function headway.status_of(id uuid) returns text language sql stable as $$
  select case
           when run.kind = 'workflow' and run.cancel_requested_at is not null and run.finished_at is null
             then 'cancel_requested'
           else run.status
         end
    from headway.run where run.id = status_of.id
$$;

-- The same id again changes nothing, so that whoever is not sure may start once more.
create function headway.start_workflow(
  name text, steps text[] default '{}', owner text default null, args json default null,
  id uuid default gen_random_uuid()
) returns uuid language sql as $$
  with started as (
    insert into headway.run (id, kind, name, engine, status, attempt, started_at, owner, args)
    values (start_workflow.id, 'workflow', start_workflow.name, 'sql', 'running', 1, now(),
            start_workflow.owner, start_workflow.args)
    on conflict do nothing
    returning run.id
  ), declared as (
    insert into headway.step (run_id, name, ordinal)
    select started.id, declared.name, declared.ordinal
      from started, unnest(start_workflow.steps) with ordinality as declared (name, ordinal)
  )
  select start_workflow.id
$$;

-- A step begins, ends or is undone. One that was not declared is shown behind the others.
create function headway.step(id uuid, name text, status text default 'running', error text default null)
returns text language plpgsql as $$
#variable_conflict use_column
begin
  update headway.run
     set status = case step.status when 'compensated' then 'compensating' else 'running' end,
         step = case when step.status = 'running' then step.name else nullif(run.step, step.name) end,
         waiting_for = null,
         updated_at = now(),
         revision = revision + 1
   where run.id = step.id and run.kind = 'workflow' and run.finished_at is null;
  if found then
    insert into headway.step as known (run_id, name, ordinal, status, error, started_at, finished_at)
    select step.id, step.name, coalesce(max(others.ordinal), 0) + 1, step.status, step.error, now(),
           case when step.status <> 'running' then now() end
      from headway.step as others where others.run_id = step.id
    on conflict (run_id, name) do update
       set status = excluded.status,
           error = excluded.error,
           started_at = coalesce(known.started_at, excluded.started_at),
           finished_at = excluded.finished_at;
    perform pg_notify('headway_run', step.id::text);
  end if;
  return headway.status_of(step.id);
end
$$;

-- Says that a workflow waits for an event, and takes it when it has come: null until then. Ask
-- again.
create function headway.wait_for(id uuid, event text) returns json language plpgsql as $$
#variable_conflict use_column
declare
  came json;
begin
  delete from headway.event
   where event.id = (
     select min(event.id) from headway.event
      where run_id = wait_for.id and name = wait_for.event and taken_by is null
   )
  returning payload into came;
  update headway.run
     set status = case when came is null then 'waiting' else 'running' end,
         waiting_for = case when came is null then wait_for.event end,
         updated_at = now(),
         revision = revision + 1
   where run.id = wait_for.id and run.kind = 'workflow' and run.finished_at is null
     and waiting_for is distinct from case when came is null then wait_for.event end;
  if found then
    perform pg_notify('headway_run', wait_for.id::text);
  end if;
  return came;
end
$$;

create or replace function headway.progress(id uuid, percent numeric, message text default null)
returns text language sql as $$
  with written as (
    update headway.run
       set progress = coalesce(least(100, greatest(0, round(progress.percent)))::integer, run.progress),
           message = progress.message,
           updated_at = now(),
           revision = revision + 1
     where run.id = progress.id
       and run.status in ('running', 'cancel_requested', 'waiting', 'compensating')
    returning run.id
  ), told as (
    select pg_notify('headway_run', written.id::text) from written
  )
  select headway.status_of(progress.id) from (select count(*) from told) as written
$$;

-- What has ended stays as it ended. Of a workflow, the step under way ends as the whole, and what
-- was not reached is skipped.
create or replace function headway.end_run(id uuid, status text, output json, error text)
returns text language plpgsql as $$
#variable_conflict use_column
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
     and run.status not in ('completed', 'failed', 'dead_letter', 'cancelled', 'compensated');
  if found then
    update headway.step
       set status = case
             when status = 'pending' then 'skipped'
             when end_run.status = 'completed' then 'completed'
             else 'failed'
           end,
           error = case when status = 'running' and end_run.status <> 'completed' then end_run.error end,
           finished_at = now()
     where run_id = end_run.id and status in ('pending', 'running');
    perform pg_notify('headway_run', end_run.id::text);
  end if;
  return headway.status_of(end_run.id);
end
$$;

-- A workflow failed, or was cancelled, and what it had done is undone.
create function headway.compensated(id uuid, error text default null)
returns text language sql as $$
  select headway.end_run(compensated.id, 'compensated', null, compensated.error)
$$;
