-- Live queries are run again when a table they read has changed: each statement that changes one
-- says so, once per transaction, when it commits.
create function headway.note_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('headway_table', tg_relid::text);
  return null;
end
$$;

-- Lets a table say when it changes. Only its owner may; the second time changes nothing.
-- It does not wait long for whoever changes the table now: whoever came after would wait with it.
create function headway.watch_table(watched regclass) returns void language plpgsql set lock_timeout = '2s' as $$
begin
  if not exists (select from pg_trigger where tgrelid = watched and tgname = 'headway_note_change') then
    execute format(
      'create trigger headway_note_change after insert or update or delete or truncate on %s
         for each statement execute function headway.note_change()', watched);
  end if;
end
$$;
