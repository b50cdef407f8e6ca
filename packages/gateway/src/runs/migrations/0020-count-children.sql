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
  if is_stopping and kin.todo is null and not kin.is_stopped then
    if ended < kin.total then
      kin.todo := 'stop';
    else
      -- There is none to cancel. One that runs again later is wanted.
      kin.is_stopped := true;
    end if;
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
