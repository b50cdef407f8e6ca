-- Runs below other runs. A parent counts its children and never reads them one by one.
alter table headway.run
  -- 'counted': it has children. 'awaited': its own work is over, and it ends with them. 'ended': it
  -- has ended with them. Null: it counts none.
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
-- What a gateway looks at that has missed a notification: it does not look at all runs that have
-- ended.
create index family_unended on headway.family (id) where done + failed + cancelled < total and not is_stopped;
create index run_awaits on headway.run (id) where children = 'awaited' and finished_at is null;

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

-- What was not added up yet. Writers of children never wait for their parent, nor for each other.
create table headway.family_change (
  parent  uuid not null,
  -- How the child was counted, and how it is counted from now on. Null: it was not there.
  was     text,
  becomes text not null
);
create index family_change_of on headway.family_change (parent);

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

-- A run with children ends with them, whoever ends it: its worker, a gateway that gives it up, a
-- report, or a process of the version before. The end is kept until then.
create function headway.keep_end() returns trigger language plpgsql as $$
begin
  if new.children = 'counted' then
    update headway.family
       set status = new.status, output = new.output, error = new.error
     where id = new.id;
    if not found then
      return new;
    end if;
  elsif new.status = 'cancelled' and new.cancel_requested_at is null then
    new.cancel_requested_at := now();
    new.reason := new.error;
  end if;
  new.children := 'awaited';
  new.status := case
                  when new.cancel_requested_at is not null then 'cancel_requested'
                  when old.status = 'pending' then 'pending'
                  else 'running'
                end;
  new.output := null;
  new.error := old.error;
  new.finished_at := null;
  perform pg_notify('headway_family', new.id::text);
  return new;
end
$$;

create trigger keep_end before update of finished_at on headway.run
  for each row
  when (new.children in ('counted', 'awaited') and old.finished_at is null and new.finished_at is not null)
  execute function headway.keep_end();
