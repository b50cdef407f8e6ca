-- Runs below other runs. A parent counts its children and never reads them one by one.
alter table headway.run
  -- 'counted': it has children that it counts. 'awaited': its own work is over, and it ends with them. Null: none.
  add column children text,
  -- The place among the children of its parent.
  add column ordinal bigint not null default 0;

create index run_children on headway.run (parent, ordinal, id) where parent is not null;
create index run_children_of_status on headway.run (parent, status, ordinal, id)
  where parent is not null and status <> 'completed';

-- The children of a run, in numbers: all, those that a worker has, and those that have ended.
create table headway.family (
  id           uuid primary key references headway.run on delete cascade,
  total        integer not null default 0,
  running      integer not null default 0,
  done         integer not null default 0,
  failed       integer not null default 0,
  cancelled    integer not null default 0,
  -- More may come.
  is_open      boolean not null default false,
  -- The first one that has failed ends them all.
  stops        boolean not null default false,
  -- How the parent's own work has ended. Null: it has not, or there is none.
  status       text,
  output       json,
  error        text,
  -- What a gateway does with them: 'stop' cancels them, 'retry' runs those again that have ended
  -- without success before that time.
  todo         text check (todo in ('stop', 'retry')),
  retry_before timestamptz,
  -- They were cancelled: more may not come.
  is_stopped   boolean not null default false
);
create index family_todo on headway.family (id) where todo is not null;

-- What was not added up yet. Writers of children never wait for their parent, nor for each other.
create table headway.family_change (
  parent  uuid not null,
  -- How the child was counted, and how it is counted from now on. Null: it was not there.
  was     text,
  becomes text not null
);
create index family_change_of on headway.family_change (parent);

-- How a child is counted.
create function headway.counted_as(kind text, status text, is_cancelled boolean)
returns text language sql immutable as $$
  select case
           when status in ('pending', 'retry', 'created') then 'waiting'
           when status = 'completed' then 'done'
           when status = 'cancelled' or status = 'compensated' and is_cancelled then 'cancelled'
           when status in ('failed', 'dead_letter', 'compensated') then 'failed'
           else 'running'
         end
$$;

-- As before; a child is in no list of its owner but in that of its parent, which also counts it.
create or replace function headway.note_list() returns trigger language plpgsql as $$
declare
  was text;
  becomes text;
begin
  -- The children of a run that begins to end have something to do, or the run waits for them.
  if tg_op = 'UPDATE' and new.children is not null then
    perform pg_notify('headway_family', new.id::text);
  end if;
  if tg_op <> 'INSERT' and old.parent is null then
    perform pg_notify('headway_list', headway.owner_key(old.owner));
  end if;
  if tg_op = 'DELETE' then
    -- Its parent has ended, and keeps its numbers.
    if old.parent is not null then
      perform pg_notify('headway_family', old.parent::text);
    end if;
    return null;
  end if;
  if new.parent is null then
    perform pg_notify('headway_list', headway.owner_key(new.owner));
    return null;
  end if;
  becomes := headway.counted_as(new.kind, new.status, new.cancel_requested_at is not null);
  if tg_op = 'UPDATE' then
    was := headway.counted_as(old.kind, old.status, old.cancel_requested_at is not null);
  end if;
  -- A workflow does not count those below it.
  if was is distinct from becomes and exists (select from headway.family where id = new.parent) then
    insert into headway.family_change (parent, was, becomes) values (new.parent, was, becomes);
  end if;
  perform pg_notify('headway_family', new.parent::text);
  return null;
end
$$;

-- Adds up what has changed below a run, and ends the run with its children. Answers what is to be
-- done: 'stop' or 'retry' them; 'busy': somebody else adds up; null: nothing.
create function headway.count_children(parent uuid) returns text language plpgsql as $$
#variable_conflict use_column
declare
  above headway.run;
  kin headway.family;
  added record;
  ended integer;
  is_again boolean;
  is_stopping boolean;
  word text;
  why text;
begin
  -- Everybody locks the run first, and then its family.
  select * into above from headway.run where id = count_children.parent for no key update skip locked;
  if not found then
    perform from headway.run where id = count_children.parent;
    if found then
      return 'busy';
    end if;
    delete from headway.family_change where parent = count_children.parent;
    return null;
  end if;
  select * into kin from headway.family where id = above.id for update;
  if not found then
    return null;
  end if;
  with taken as (
    delete from headway.family_change where parent = count_children.parent returning was, becomes
  )
  select count(*) as count,
         count(*) filter (where was in ('done', 'failed', 'cancelled')) as again,
         count(*) filter (where was is null) as total,
         count(*) filter (where becomes = 'running') - count(*) filter (where was = 'running') as running,
         count(*) filter (where becomes = 'done') - count(*) filter (where was = 'done') as done,
         count(*) filter (where becomes = 'failed') - count(*) filter (where was = 'failed') as failed,
         count(*) filter (where becomes = 'cancelled') - count(*) filter (where was = 'cancelled') as cancelled
    into added from taken;
  kin.total := kin.total + added.total;
  kin.running := kin.running + added.running;
  kin.done := kin.done + added.done;
  kin.failed := kin.failed + added.failed;
  kin.cancelled := kin.cancelled + added.cancelled;
  ended := kin.done + kin.failed + kin.cancelled;
  -- A child runs again by itself: its parent goes on with it, unless its own work has failed.
  is_again := above.children = 'awaited' and above.finished_at is not null and added.again > 0
    and coalesce(kin.status, 'completed') = 'completed';
  if is_again then
    above.finished_at := null;
    above.status := 'running';
  end if;
  if is_again and ended < kin.total then
    above.cancel_requested_at := null;
    above.reason := null;
    kin.is_stopped := false;
    kin.todo := nullif(kin.todo, 'stop');
  end if;
  is_stopping := coalesce(above.cancel_requested_at is not null
                            or kin.stops and kin.failed > 0 and kin.todo is null
                            or kin.status <> 'completed'
                            or above.finished_at is not null and above.status <> 'completed', false);
  if is_stopping then
    kin.is_open := false;
  end if;
  if is_stopping and kin.todo is null and not kin.is_stopped and ended < kin.total then
    kin.todo := 'stop';
  end if;
  update headway.family
     set total = kin.total, running = kin.running, done = kin.done, failed = kin.failed,
         cancelled = kin.cancelled, is_open = kin.is_open, todo = kin.todo,
         is_stopped = kin.is_stopped
   where id = above.id
     and (added.count > 0
          or (is_open, todo, is_stopped) is distinct from (kin.is_open, kin.todo, kin.is_stopped));
  word := above.status;
  if above.children = 'awaited' and above.finished_at is null then
    why := case
             when kin.failed > 0 then format('%s of %s failed', kin.failed, kin.total)
             when kin.cancelled > 0 then format('%s of %s were cancelled', kin.cancelled, kin.total)
           end;
    word := case
              when not kin.is_open and kin.todo is null and ended = kin.total then
                case
                  when kin.status <> 'completed' then kin.status
                  when above.cancel_requested_at is not null and kin.cancelled > 0 then 'cancelled'
                  when why is not null then 'failed'
                  else 'completed'
                end
              when above.cancel_requested_at is not null then 'cancel_requested'
              when above.engine = 'group' and kin.running + ended = 0 then 'pending'
              else 'running'
            end;
  end if;
  if added.count = 0 and not is_again and word = above.status and above.children is not null then
    return kin.todo;
  end if;
  update headway.run
     set children = coalesce(above.children, 'counted'),
         status = word,
         cancel_requested_at = above.cancel_requested_at,
         reason = above.reason,
         progress = case when engine = 'group' then floor(100.0 * ended / greatest(kin.total, 1))::integer
                      else progress end,
         percent = case when engine = 'group' then 100.0 * ended / greatest(kin.total, 1) else percent end,
         done = case when engine = 'group' then ended else done end,
         total = case when engine = 'group' then nullif(kin.total, 0) else total end,
         attempt = case when engine = 'group' and word <> 'pending' then greatest(attempt, 1) else attempt end,
         started_at = case when engine = 'group' and word <> 'pending' then coalesce(started_at, now())
                        else started_at end,
         output = case
                    when word <> 'completed' or above.status = 'completed' then output
                    when engine = 'group' then json_build_object('total', kin.total, 'done', kin.done,
                                                                 'failed', kin.failed, 'cancelled', kin.cancelled)
                    else kin.output
                  end,
         error = case
                   when word in ('failed', 'dead_letter') and above.finished_at is null then coalesce(kin.error, why)
                   when word = 'cancelled' and above.finished_at is null then coalesce(above.reason, kin.error, 'cancelled')
                   when above.finished_at is null and children = 'awaited' then null
                   else error
                 end,
         finished_at = case
                         when above.finished_at is not null then finished_at
                         when word in ('completed', 'failed', 'dead_letter', 'cancelled', 'compensated') then now()
                       end,
         updated_at = now(),
         revision = revision + 1
   where id = above.id;
  perform pg_notify('headway_run', above.id::text);
  return kin.todo;
end
$$;

-- Adds children to a run, without those that are there. `items` has one object for each: id,
-- task_id, args, title, tags and ordinal. Answers the ids of those that were added.
create function headway.add_children(
  parent uuid, kind text, name text, engine text, queue text, options json, owner text, steps text[], items json
) returns setof uuid language sql as $$
  with added as (
    insert into headway.run
      (id, kind, name, engine, status, owner, args, progress, engine_id, queue, options, title, tags, parent, ordinal)
    select item.id, add_children.kind, add_children.name, add_children.engine,
           case add_children.kind when 'job' then 'pending' else 'created' end,
           add_children.owner, item.args, case add_children.kind when 'job' then 0 end, item.task_id,
           add_children.queue, add_children.options, item.title, headway.to_tags(item.tags), add_children.parent,
           item.ordinal
      from json_to_recordset(add_children.items)
             as item (id uuid, task_id text, args json, title text, tags json, ordinal bigint)
    on conflict (id) do nothing
    returning run.id
  ), declared as (
    insert into headway.step (run_id, name, ordinal)
    select added.id, declared.name, declared.ordinal
      from added, unnest(add_children.steps) with ordinality as declared (name, ordinal)
  ), told as (
    select count(pg_notify('headway_work', added.id::text)) from added where add_children.kind = 'workflow'
  )
  select added.id from added left join told on true
$$;

-- A group whose children are reported one by one, and that ends once it is closed and all have
-- ended. `stops`: the first one that fails ends it, and the others see 'cancel_requested'.
create function headway.start_group(
  name text, owner text default null, stops boolean default false, id uuid default gen_random_uuid()
) returns uuid language plpgsql as $$
#variable_conflict use_column
begin
  insert into headway.run (id, kind, name, engine, progress, owner, children)
  values (start_group.id, 'job', start_group.name, 'group', 0, start_group.owner, 'awaited')
  on conflict do nothing;
  insert into headway.family (id, is_open, stops) values (start_group.id, true, start_group.stops)
  on conflict do nothing;
  return start_group.id;
end
$$;

-- The same id again changes nothing.
create function headway.start_child(
  parent uuid, args json default null, id uuid default gen_random_uuid()
) returns uuid language plpgsql as $$
#variable_conflict use_column
declare
  above record;
begin
  if exists (select from headway.run where run.id = start_child.id) then
    return start_child.id;
  end if;
  -- It is not closed while a child comes.
  select run.name, run.owner, run.readers, family.is_open and not family.is_stopped as is_open into above
    from headway.family join headway.run using (id) where family.id = start_child.parent for share of family;
  if above is null or not above.is_open or exists (
    select from headway.run where run.id = start_child.parent
       and (cancel_requested_at is not null or finished_at is not null)) then
    raise exception '% is no group that is open: start one with headway.start_group', start_child.parent
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  insert into headway.run (id, kind, name, engine, status, progress, attempt, started_at, owner, readers, args,
                           parent, ordinal)
  values (start_child.id, 'job', above.name, 'sql', 'running', 0, 1, now(), above.owner, above.readers, start_child.args,
          start_child.parent, (extract(epoch from clock_timestamp()) * 1000000)::bigint);
  return start_child.id;
end
$$;

-- No more children come.
create function headway.close_group(id uuid) returns text language plpgsql as $$
begin
  update headway.family set is_open = false where family.id = close_group.id;
  perform pg_notify('headway_family', close_group.id::text);
  return headway.status_of(close_group.id);
end
$$;
