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
  if found then
    insert into headway.family (id, is_open, stops) values (start_group.id, true, start_group.stops);
  end if;
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
          start_child.parent, (extract(epoch from clock_timestamp()) * 1000000)::bigint)
  on conflict do nothing;
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
