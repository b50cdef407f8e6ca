-- What a list of runs shows, and how it is found.
alter table headway.run
  add column title text,
  add column tags text[];

-- A JSON list as tags; null for an empty one.
create function headway.to_tags(tags json) returns text[] language sql immutable as $$
  select nullif(array(select json_array_elements_text(tags)), '{}')
$$;

-- Each page is read from one of these, however many runs there are. On a large table, make them
-- before the update with `create index concurrently`: here they hold up whoever reads or writes.
create index if not exists run_of_owner on headway.run (owner, created_at desc, id desc);
create index if not exists run_newest on headway.run (created_at desc, id desc);
create index if not exists run_of_name on headway.run (name, created_at desc, id desc);
-- Most runs complete, and most lists have those: they are found by the others.
create index if not exists run_of_status on headway.run (status, created_at desc, id desc) where status <> 'completed';
-- Most runs are jobs.
create index if not exists run_workflows on headway.run (created_at desc, id desc) where kind = 'workflow';
create index if not exists run_workflows_of_owner on headway.run (owner, created_at desc, id desc) where kind = 'workflow';
create index if not exists run_tags on headway.run using gin (tags) where tags is not null;

-- Whoever listens learns no names. PostgreSQL sends equal notifications of a transaction once.
create function headway.owner_key(owner text) returns text language sql immutable as $$
  select coalesce(encode(sha256(convert_to(owner, 'UTF8')), 'hex'), '')
$$;

-- Whose lists have changed. A report of progress changes none.
create function headway.note_list() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    perform pg_notify('headway_list', headway.owner_key(old.owner));
  end if;
  if tg_op <> 'DELETE' then
    perform pg_notify('headway_list', headway.owner_key(new.owner));
  end if;
  return null;
end
$$;

create trigger note_list after insert or delete on headway.run
  for each row execute function headway.note_list();
create trigger note_list_update after update of status, title, tags, owner, readers on headway.run
  for each row
  when ((old.status, old.title, old.tags, old.owner, old.readers)
        is distinct from (new.status, new.title, new.tags, new.owner, new.readers))
  execute function headway.note_list();

-- The title and the tags of a reported run, for its place in lists. Null leaves them as they are.
create function headway.label(id uuid, title text default null, tags text[] default null)
returns void language plpgsql as $$
#variable_conflict use_column
begin
  if length(label.title) not between 1 and 200 then
    raise exception 'title has % characters: give 1 to 200', length(label.title)
      using errcode = 'invalid_parameter_value';
  end if;
  if cardinality(label.tags) > 10 or exists (
    select from unnest(label.tags) as tag where tag is null or length(tag) not between 1 and 64) then
    raise exception 'tags are %: give up to 10 texts of 1 to 64 characters', label.tags
      using errcode = 'invalid_parameter_value';
  end if;
  update headway.run
     set title = coalesce(label.title, run.title), tags = coalesce(nullif(label.tags, '{}'), run.tags)
   where run.id = label.id;
end
$$;
