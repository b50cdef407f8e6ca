-- How much of a run is done. All null until a report says it.
alter table headway.run
  -- The percentage with its decimals; `progress` is its floor. Null: `progress` is all there is.
  add column percent real,
  add column done double precision,
  add column total double precision,
  add column unit text;

-- Also takes away what an older writer has outdated: it knows `progress` alone, and a new attempt.
create or replace function headway.advance_revision() returns trigger language plpgsql as $$
begin
  new.revision := greatest(new.revision, (extract(epoch from clock_timestamp()) * 1000)::bigint);
  if tg_op = 'UPDATE'
     and (new.progress is distinct from old.progress or new.attempt <> old.attempt)
     and (new.percent, new.done, new.total, new.unit) is not distinct from
         (old.percent, old.done, old.total, old.unit) then
    new.percent := null;
    new.done := null;
    new.total := null;
    new.unit := null;
  end if;
  return new;
end
$$;

create function headway.check_number(name text, number double precision)
returns void language plpgsql immutable as $$
begin
  if number::text in ('NaN', 'Infinity', '-Infinity') or number < 0 then
    raise exception '% is %: give a number from 0, or null', name, number
      using errcode = 'invalid_parameter_value';
  end if;
end
$$;

-- A report is whole: it replaces the message and the numbers of the last one. A null percentage
-- leaves that as it is.
create function headway.write_progress(
  id uuid, percent double precision, done double precision, total double precision, unit text,
  message text
) returns text language plpgsql as $$
#variable_conflict use_column
declare
  bound double precision := least(100, greatest(0, write_progress.percent));
begin
  update headway.run
     set progress = case when write_progress.percent is null then run.progress else floor(bound)::integer end,
         percent = case when write_progress.percent is null then run.percent else bound end,
         done = write_progress.done,
         total = write_progress.total,
         unit = write_progress.unit,
         message = write_progress.message,
         updated_at = now(),
         revision = revision + 1
   where run.id = write_progress.id
     and run.status in ('running', 'cancel_requested', 'waiting', 'compensating');
  if found then
    perform pg_notify('headway_run', write_progress.id::text);
  end if;
  return headway.status_of(write_progress.id);
end
$$;

-- Percent is kept between 0 and 100; null leaves it as it is.
create function headway.progress(id uuid, percent double precision, message text default null)
returns text language plpgsql as $$
begin
  if percent::text in ('NaN', 'Infinity', '-Infinity') then
    raise exception 'progress is %: give a percentage, 0 to 100, or null', percent
      using errcode = 'invalid_parameter_value';
  end if;
  return headway.write_progress(id, percent, null, null, null, message);
end
$$;

create or replace function headway.progress(id uuid, percent numeric, message text default null)
returns text language sql as $$
  select headway.progress(progress.id, progress.percent::double precision, progress.message)
$$;

-- So much is done of so much; the percentage follows. A total that is null or 0 is unknown: the
-- percentage stays as it is.
create function headway.progress(
  id uuid, done double precision, total double precision, unit text default null,
  message text default null
) returns text language plpgsql as $$
begin
  perform headway.check_number('done', done);
  perform headway.check_number('total', total);
  return headway.write_progress(id, 100 * done / nullif(total, 0), done, nullif(total, 0), unit, message);
end
$$;

-- As before; the progress of a note may have decimals, and replaces the numbers of a report.
create or replace function headway.merge_notes(ids uuid[], epochs bigint[], numbers bigint[], fields json[], outputs json[])
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
          becomes.percent := (note.fields ->> 'progress')::real;
          becomes.progress := floor(becomes.percent)::integer;
          becomes.done := null;
          becomes.total := null;
          becomes.unit := null;
        when 'message' then becomes.message := note.fields ->> 'message';
        when 'error' then becomes.error := note.fields ->> 'error';
        else becomes.output := note.output;
      end case;
      becomes.noted := jsonb_set(becomes.noted, array[field], greatest(becomes.noted -> field, note.place));
    end loop;
    if (known.status, coalesce(known.percent, known.progress), known.done, known.message, known.output::text,
        known.error)
       is distinct from
       (becomes.status, coalesce(becomes.percent, becomes.progress), becomes.done, becomes.message,
        becomes.output::text, becomes.error) then
      update headway.run
         set status = becomes.status,
             progress = becomes.progress,
             percent = becomes.percent,
             done = becomes.done,
             total = becomes.total,
             unit = becomes.unit,
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
