-- Raw notes on the channel `forge_job_updates` are heard by every gateway, all in the same order,
-- but some sooner than others. So each note has a place that is the same for all: the last mark
-- before it on the channel, and how many notes came since that mark. A run remembers, field by
-- field, the place of the last note that it has: an older one changes nothing that a newer one has
-- said. `{"progress": [mark, number]}`
alter table headway.run add column noted jsonb not null default '{}';

create table headway.note_mark (
  is_only boolean primary key default true check (is_only),
  epoch   bigint not null,
  -- Marks are signed with it: anybody who may connect can send to the channel.
  key     text not null
);
insert into headway.note_mark (epoch, key) values (0, gen_random_uuid()::text || gen_random_uuid()::text);

-- A gateway begins to listen: all count from here. The row's lock lasts until the mark is in the
-- queue of notifications, so that marks come in the order of their numbers. These are never behind
-- the clock: what a crash has taken back is not given twice.
create function headway.mark_notes() returns void language sql as $$
  with marked as (
    update headway.note_mark
       set epoch = greatest(note_mark.epoch + 1, (extract(epoch from clock_timestamp()) * 1000)::bigint)
    returning note_mark.epoch, key
  )
  select pg_notify('headway_note',
                   marked.epoch || '.' || encode(sha256(convert_to(key || '.' || marked.epoch, 'UTF8')), 'hex'))
    from marked
$$;

-- Merges notes into reported runs, each under the lock of its row: the fields that a note has are
-- changed, the others stay. What has ended stays as it ended; an end that is late has the last word
-- all the same. Run by run, so that two gateways never wait for each other. Answers which of the
-- runs take notes at all. An output comes beside the other fields, since `->` refuses \u0000;
-- without one it is null.
create function headway.merge_notes(ids uuid[], epochs bigint[], numbers bigint[], fields json[], outputs json[])
returns setof uuid language plpgsql as $$
#variable_conflict use_column
declare
  note record;
  known headway.run;
  becomes headway.run;
  field text;
  is_end boolean;
  ends constant text[] := '{completed,failed,dead_letter,cancelled}';
begin
  for note in
    select id, given.fields, output, to_jsonb(array[epoch, number]) as place, given.fields ->> 'status' as status,
           array(select json_object_keys(given.fields)) || case when output is not null then '{output}'::text[] end as names
      from unnest(ids, epochs, numbers, fields, outputs) as given (id, epoch, number, fields, output)
     order by id, epoch, number
  loop
    is_end := coalesce(note.status = any (ends), false);
    select * into known from headway.run
     where id = note.id and kind = 'job' and engine = 'sql'
       and status <> all (ends)
       and (is_end or exists (
         select from unnest(note.names) as name where coalesce(noted -> name, '[0, 0]') < note.place))
       for no key update;
    continue when not found;
    becomes := known;
    foreach field in array note.names loop
      continue when not is_end and coalesce(known.noted -> field, '[0, 0]') >= note.place;
      case field
        when 'status' then becomes.status := note.status;
        when 'progress' then
          becomes.progress := round((note.fields ->> 'progress')::numeric)::integer;
        when 'message' then becomes.message := note.fields ->> 'message';
        when 'error' then becomes.error := note.fields ->> 'error';
        else becomes.output := note.output;
      end case;
      becomes.noted := jsonb_set(becomes.noted, array[field], greatest(becomes.noted -> field, note.place));
    end loop;
    if (known.status, known.progress, known.message, known.output::text, known.error)
       is distinct from
       (becomes.status, becomes.progress, becomes.message, becomes.output::text, becomes.error) then
      update headway.run
         set status = becomes.status,
             progress = becomes.progress,
             message = becomes.message,
             output = becomes.output,
             error = becomes.error,
             attempt = case when becomes.status in ('pending', 'claimed') then attempt else greatest(attempt, 1) end,
             finished_at = case when is_end then now() end,
             noted = becomes.noted,
             updated_at = now(),
             revision = revision + 1
       where id = note.id;
      perform pg_notify('headway_run', note.id::text);
    elsif known.noted <> becomes.noted then
      update headway.run set noted = becomes.noted where id = note.id;
    end if;
  end loop;
  return query select id from headway.run where id = any (ids) and kind = 'job' and engine = 'sql';
end
$$;

-- The same start again changes nothing, so that a reporter that is not sure may start once more,
-- and another process may go on with the work: it need not know the owner.
create function headway.check_start(id uuid, kind text, name text, owner text)
returns void language plpgsql as $$
#variable_conflict use_column
declare
  known headway.run;
begin
  select * into known from headway.run where run.id = check_start.id;
  if (known.kind, known.name, known.owner, known.engine)
     is distinct from (check_start.kind, check_start.name, coalesce(check_start.owner, known.owner), 'sql') then
    raise exception 'The id % belongs to the % "%" of %: start under another id',
      check_start.id, known.kind, known.name, coalesce('"' || known.owner || '"', 'no owner')
      using errcode = 'unique_violation';
  end if;
end
$$;

create or replace function headway.start_job(
  name text, owner text default null, args json default null, id uuid default gen_random_uuid()
) returns uuid language plpgsql as $$
#variable_conflict use_column
begin
  insert into headway.run (id, kind, name, engine, status, progress, attempt, started_at, owner, args)
  values (start_job.id, 'job', start_job.name, 'sql', 'running', 0, 1, now(), start_job.owner, start_job.args)
  on conflict do nothing;
  if found then
    perform pg_notify('headway_run', start_job.id::text);
  else
    perform headway.check_start(start_job.id, 'job', start_job.name, start_job.owner);
  end if;
  return start_job.id;
end
$$;

create or replace function headway.start_workflow(
  name text, steps text[] default '{}', owner text default null, args json default null,
  id uuid default gen_random_uuid()
) returns uuid language plpgsql as $$
#variable_conflict use_column
begin
  insert into headway.run (id, kind, name, engine, status, attempt, started_at, owner, args)
  values (start_workflow.id, 'workflow', start_workflow.name, 'sql', 'running', 1, now(),
          start_workflow.owner, start_workflow.args)
  on conflict do nothing;
  if found then
    insert into headway.step (run_id, name, ordinal)
    select start_workflow.id, declared.name, declared.ordinal
      from unnest(start_workflow.steps) with ordinality as declared (name, ordinal);
    perform pg_notify('headway_run', start_workflow.id::text);
  else
    perform headway.check_start(start_workflow.id, 'workflow', start_workflow.name, start_workflow.owner);
  end if;
  return start_workflow.id;
end
$$;

-- Percent is rounded, and kept between 0 and 100; null leaves it as it is.
create or replace function headway.progress(id uuid, percent numeric, message text default null)
returns text language plpgsql as $$
#variable_conflict use_column
begin
  if percent::text in ('NaN', 'Infinity', '-Infinity') then
    raise exception 'progress is %: give a percentage, 0 to 100, or null', percent
      using errcode = 'invalid_parameter_value';
  end if;
  update headway.run
     -- Unlike other functions, `greatest` passes over null.
     set progress = case when percent is null then run.progress
                         else least(100, greatest(0, round(percent)))::integer
                    end,
         message = progress.message,
         updated_at = now(),
         revision = revision + 1
   where run.id = progress.id
     and run.status in ('running', 'cancel_requested', 'waiting', 'compensating');
  if found then
    perform pg_notify('headway_run', progress.id::text);
  end if;
  return headway.status_of(progress.id);
end
$$;

-- Partitions speak for their root: so do those that are made later.
create or replace function headway.note_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('headway_table', coalesce(pg_partition_root(tg_relid), tg_relid)::oid::text);
  return null;
end
$$;

-- Lets a table say when it changes, also by what replication applies. Only its owner may, unless it
-- does already.
create or replace function headway.watch_table(watched regclass)
returns void language plpgsql set lock_timeout = '2s' as $$
declare
  is_enabled "char";
begin
  select tgenabled into is_enabled from pg_trigger where tgrelid = watched and tgname = 'headway_note_change';
  if is_enabled is null then
    execute format(
      'create trigger headway_note_change after insert or update or delete or truncate on %s
         for each statement execute function headway.note_change()', watched);
  end if;
  if is_enabled is distinct from 'A' then
    execute format('alter table only %s enable always trigger headway_note_change', watched);
  end if;
exception when insufficient_privilege then
  -- One that its owner has made will do.
  if is_enabled is null or is_enabled = 'D' then
    raise;
  end if;
end
$$;
